package io.heliosjdbc.driver;

import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The credentials that a vendor's URL carries before its database and parameters: {@code //user:password@host}, for each host of a list;
 * MySQL's {@code //(host=h,user=u,password=p)} and {@code //address=(host=h)(user=u)(password=p)}; Oracle's
 * {@code thin:user/password@}. Immutable.
 *
 * @param end where what may hold credentials ends in the URL; 0 where it has no place for them
 * @param user the user of the first host that has one, or null
 * @param insistent whether that user logs in even where properties name another one, as MySQL's driver has it
 * @param withoutLogin what stands before {@code end}, without user and password
 * @param withoutSecrets likewise, without the passwords of key stores and further factors either
 */
record UrlCredentials(int end, @Nullable String user, boolean insistent, String withoutLogin, String withoutSecrets) {
    static final UrlCredentials NONE = new UrlCredentials(0, null, false, "", "");
    private static final Set<String> LOGIN = Set.of("user", "password");

    /** Oracle's driver ends a password at the first at sign; who has one in it all the same shall not find its rest in names. */
    private static final Pattern ORACLE = Pattern.compile("(?<scheme>jdbc:(?:[\\w.-]+:)+(?:thin|oci8?|kprb|sharding):)"
            + "(?<user>\"[^\"]*\"|[^/@=]*)(?:/(?:\"[^\"]*\"|[^@]*(?:@[^@?(]*(?=@))*))?(?=@)");

    private static final Pattern SCHEME = Pattern.compile("jdbc:[^/?;]*//");

    /** The name of one thing that is said of a host in parentheses. */
    private static final String KEY = "(?!(?i:address)=\\()\\s*([\\w.%-]+)\\s*=";

    /** The end of a host's parentheses; one of a value's own has the next thing behind it. */
    private static final String CLOSING = "\\)(?=[\\](:/?;#]|,(?!" + KEY + ")|$)";

    /** A host, a list of hosts, or what is said of one in parentheses, up to the next one or to what follows the last one. */
    private static final Pattern HOST = Pattern.compile("(?:\\[(?:[^\\[\\]]|\\[[^\\]]*\\])*\\]|(?i:address=)?\\(.*?"
            + CLOSING + "|[^\\[\\](),:@/?;#]*)(?::\\d*)?(?=[,/?;#]|$)");

    /** Up to an at sign, which a password may hold too. A semicolon before a name and an equals sign begins the parameters. */
    private static final Pattern USER_AND_PASSWORD =
            Pattern.compile("(?<user>[^:@?;]*+)(?::[^@?;]*(?:;(?![\\w.]+=)[^@?;]*)*)?@(?:[^@,/?;]*@)*");

    /** One thing that is said of a host, alone in its parentheses or one of several. */
    private static final Pattern ENTRY =
            Pattern.compile("(?<=[(,])" + KEY + "(?<value>.*?)(?:,(?=" + KEY + ")|(?=" + CLOSING + "))");

    /** What is left in parentheses where something was taken out. */
    private static final Pattern LEFT = Pattern.compile("\\(\\)|,(?=\\))");

    /** The credentials of a vendor's URL. */
    static UrlCredentials of(String url) {
        Matcher oracle = ORACLE.matcher(url);
        if (oracle.lookingAt()) {
            String scheme = oracle.group("scheme");
            return new UrlCredentials(oracle.end(), user(oracle.group("user")), false, scheme, scheme);
        }
        Matcher scheme = SCHEME.matcher(url);
        return scheme.lookingAt() ? ofHosts(url, scheme.end()) : NONE;
    }

    private static UrlCredentials ofHosts(String url, int start) {
        StringBuilder hosts = new StringBuilder(url.substring(0, start));
        Matcher host = HOST.matcher(url);
        Matcher credentials = USER_AND_PASSWORD.matcher(url);
        String user = null;
        int at = start;
        while (true) {
            if (!host.region(at, url.length()).lookingAt()) {
                if (!credentials.region(at, url.length()).lookingAt()) {
                    break;
                }
                user = user == null ? user(HeliosUrl.decoded(credentials.group("user"))) : user;
                at = credentials.end();
                continue;
            }
            hosts.append(host.group());
            user = user == null ? userWithin(host.group()) : user;
            at = host.end();
            if (at == url.length() || url.charAt(at) != ',') {
                break;
            }
            hosts.append(',');
            at++;
        }
        String all = hosts.toString();
        return new UrlCredentials(
                at, user, true, without(all, LOGIN::contains), without(all, UrlCredentials::isSecret));
    }

    private static @Nullable String user(String given) {
        return given.isBlank() ? null : given.strip();
    }

    /** The user whom one host's parentheses name, or null. */
    private static @Nullable String userWithin(String host) {
        Matcher entry = ENTRY.matcher(host);
        while (entry.find()) {
            if (key(entry.group(1)).equals("user")) {
                return user(HeliosUrl.decoded(entry.group("value")));
            }
        }
        return null;
    }

    /** Hosts without what their parentheses say under such keys. */
    private static String without(String hosts, Predicate<String> keys) {
        String left = ENTRY.matcher(hosts)
                .replaceAll(entry -> keys.test(key(entry.group(1))) ? "" : Matcher.quoteReplacement(entry.group()));
        return left.equals(hosts) ? hosts : LEFT.matcher(left).replaceAll("");
    }

    private static String key(String given) {
        return HeliosUrl.decoded(given).toLowerCase(Locale.ROOT);
    }

    private static boolean isSecret(String key) {
        return key.equals("user") || key.contains("password");
    }
}
