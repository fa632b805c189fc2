package io.heliosjdbc.driver.engines;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Properties;
import java.util.Set;

/** What a connection is asked that is no statement. */
final class ConnectionQuestions {
    private static final Set<String> ELSEWHERE = Set.of("close", "abort", "getClientInfo", "setClientInfo");

    private ConnectionQuestions() {}

    private static boolean isHarmless(Method method) {
        // Another network timeout than none would leave a timer behind in some drivers.
        return !ELSEWHERE.contains(method.getName()) && !method.getName().equals("setNetworkTimeout");
    }

    static void everyMethod(Connection connection, Transcript transcript) {
        new Explorer(transcript).explore(Connection.class, connection, ConnectionQuestions::isHarmless);
        transcript.tell("no timeout", () -> connection.setNetworkTimeout(Runnable::run, 0));
        transcript.tell("timeout without executor", () -> connection.setNetworkTimeout(null, 1000));
        transcript.tell("timeout below zero", () -> connection.setNetworkTimeout(Runnable::run, -1));
        transcript.ask("valid", () -> connection.isValid(5));
        transcript.ask("valid below zero", () -> connection.isValid(-1));
        transcript.tell("type map", () -> connection.setTypeMap(new java.util.HashMap<>()));
        transcript.ask("native", () -> connection.nativeSQL("SELECT {fn abs(-1)} FROM one"));
        transcript.ask("text", connection::toString);
    }

    static void clientInfo(Connection connection, Transcript transcript) {
        transcript.ask("all", connection::getClientInfo);
        for (String name : new String[] {"ApplicationName", "ClientUser", "ClientHostname", "nothing", ""}) {
            transcript.ask("get " + name, () -> connection.getClientInfo(name));
            transcript.tell("set " + name, () -> connection.setClientInfo(name, "value"));
            transcript.ask("got " + name, () -> connection.getClientInfo(name));
            transcript.tell("clear " + name, () -> connection.setClientInfo(name, null));
            transcript.ask("cleared " + name, () -> connection.getClientInfo(name));
        }
        Properties several = new Properties();
        several.setProperty("ApplicationName", "several");
        transcript.tell("set several", () -> connection.setClientInfo(several));
        several.setProperty("nothing", "none");
        transcript.tell("set one that is not known", () -> connection.setClientInfo(several));
        transcript.ask("after all", connection::getClientInfo);
        transcript.ask("no name", () -> connection.getClientInfo(null));
        transcript.tell("set no name", () -> connection.setClientInfo(null, "value"));
    }

    static void aborting(Connection connection, Transcript transcript) throws Exception {
        Statement statement = connection.createStatement();
        transcript.tell("without executor", () -> connection.abort(null));
        transcript.tell("abort", () -> connection.abort(Runnable::run));
        transcript.ask("closed after an abort", connection::isClosed);
        transcript.ask("valid after an abort", () -> connection.isValid(1));
        transcript.ask("statement after an abort", connection::createStatement);
        transcript.ask("query after an abort", () -> statement.executeQuery("SELECT x FROM one"));
        transcript.tell("abort again", () -> connection.abort(Runnable::run));
    }
}
