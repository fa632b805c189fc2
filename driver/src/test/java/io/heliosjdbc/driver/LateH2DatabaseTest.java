package io.heliosjdbc.driver;

/** The contract on H2, with connections that are bound late. */
class LateH2DatabaseTest extends DatabaseContract {
    @Override
    String location() {
        return "h2:mem:late_database_test;DB_CLOSE_DELAY=-1;helios.connections=late";
    }

    @Override
    String with(String location, String... parameters) {
        return location + (parameters.length == 0 ? "" : ";" + String.join(";", parameters));
    }
}
