package io.heliosjdbc.driver;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A {@code jdbc:helios:} URL taken apart. Immutable.
 *
 * @param vendorUrl what the vendor's driver gets: nothing of ours is left in it, nothing else is changed
 * @param database the vendor's URL without its parameters and credentials
 * @param settings our parameters without the prefix {@code helios.}
 * @param vendorParameters the vendor's own parameters, by lower-case name, as they stand in the URL
 * @param hostUser the user who is named before the host and logs in whatever properties say, or null
 */
record HeliosUrl(
        String vendorUrl,
        String database,
        Map<String, String> settings,
        Map<String, String> vendorParameters,
        @Nullable String hostUser) {
    static final String PREFIX = "jdbc:helios:";
    static final String PARAMETER_PREFIX = "helios.";

    private static final Set<String> CREDENTIALS = Set.of("user", "username", "password");

    /**
     * What stands before the next semicolon. One with a backslash before it is part of the value: H2's INIT holds statements. So is one
     * within the braces of a whole value, as SQL Server's passwords may have it, where a brace of the value's own is written twice.
     */
    private static final Pattern BEFORE_SEMICOLON =
            Pattern.compile("[^=;]*=\\{[^}]*+(?:}}[^}]*+)*+}(?=;|$)|[^;\\\\]*+(?:\\\\.?[^;\\\\]*+)*+", Pattern.DOTALL);

    /** What stands before the next comma outside quotes. */
    private static final Pattern BEFORE_COMMA = Pattern.compile("[^,']*+(?:'[^']*+'[^,']*+)*+(?=,|$)", Pattern.DOTALL);

    /** Db2 and Informix separate the database from its parameters by a colon. */
    private static final Pattern AFTER_COLON =
            Pattern.compile("jdbc:(?:db2|ids|informix-sqli):[^?;]*?:(?=[A-Za-z][\\w.]*=)");

    /** Teradata has nothing but parameters after the slash. */
    private static final Pattern AFTER_SLASH = Pattern.compile("jdbc:teradata://[^/]*/(?=[A-Za-z][\\w.]*=)");

    private static final Pattern ENCODED = Pattern.compile("(?:%[0-9a-fA-F]{2})+");

    static boolean isOurs(@Nullable String url) {
        return url != null && url.startsWith(PREFIX);
    }

    /**
     * Takes a URL apart that {@link #isOurs}; parameters stand in the vendor's syntax, {@code ?a=b&c=d}, {@code ;a=b}, or
     * {@code :a=b;}, or {@code /a=b,c=d}.
     */
    static HeliosUrl parse(String url) {
        String rest = "jdbc:" + url.substring(PREFIX.length());
        UrlCredentials credentials = credentials(rest);
        int start = start(rest, credentials.end());
        String database = credentials.withoutSecrets() + rest.substring(credentials.end(), start);
        Map<String, String> settings = new LinkedHashMap<>();
        Map<String, String> vendors = new LinkedHashMap<>();
        String user = credentials.user();
        if (user != null && !credentials.insistent()) {
            vendors.put("user", user);
        }
        List<String> kept = new ArrayList<>();
        for (String parameter : parameters(rest, start)) {
            String name = name(parameter);
            String value = value(parameter, rest.charAt(start));
            if (name.startsWith(PARAMETER_PREFIX)) {
                settings.put(name.substring(PARAMETER_PREFIX.length()), value);
            } else {
                kept.add(parameter);
                vendors.put(name.toLowerCase(Locale.ROOT), value);
            }
        }
        String vendorUrl = settings.isEmpty() ? rest : with(rest, start, kept);
        return new HeliosUrl(vendorUrl, database, settings, vendors, credentials.insistent() ? user : null);
    }

    /** The same URL without its user and password, for where others are given that are to win over them. */
    HeliosUrl withoutCredentials() {
        UrlCredentials credentials = credentials(vendorUrl);
        int start = start(vendorUrl, credentials.end());
        List<String> kept = new ArrayList<>(parameters(vendorUrl, start));
        kept.removeIf(parameter -> CREDENTIALS.contains(name(parameter).toLowerCase(Locale.ROOT)));
        Map<String, String> vendors = new LinkedHashMap<>(vendorParameters);
        vendors.keySet().removeAll(CREDENTIALS);
        String bare = credentials.withoutLogin() + with(vendorUrl, start, kept).substring(credentials.end());
        return new HeliosUrl(bare, database, settings, vendors, null);
    }

    /** Those that stand before the parameters; a value of these may look like some. */
    private static UrlCredentials credentials(String url) {
        UrlCredentials credentials = UrlCredentials.of(url);
        return credentials.end() <= start(url, credentials.end()) ? credentials : UrlCredentials.NONE;
    }

    /** A URL with these parameters in the place of its own. */
    private static String with(String url, int start, List<String> parameters) {
        return parameters.stream().allMatch(String::isEmpty)
                ? url.substring(0, start)
                : url.substring(0, start + 1) + String.join(separator(url.charAt(start)), parameters);
    }

    private static String separator(char opening) {
        return switch (opening) {
            case '?' -> "&";
            case '/' -> ",";
            default -> ";";
        };
    }

    private static List<String> parameters(String url, int start) {
        if (start == url.length()) {
            return List.of();
        }
        String all = url.substring(start + 1);
        if (url.charAt(start) == '?') {
            return List.of(all.split("&", -1));
        }
        Matcher parameter = (url.charAt(start) == '/' ? BEFORE_COMMA : BEFORE_SEMICOLON).matcher(all);
        List<String> parameters = new ArrayList<>();
        int from = 0;
        while (from <= all.length()) {
            int end = parameter.region(from, all.length()).lookingAt() ? parameter.end() : all.length();
            parameters.add(all.substring(from, end));
            from = end + 1;
        }
        return parameters;
    }

    /** A parameter's value as it is meant: decoded after a question mark, else without SQL Server's braces and Teradata's quotes. */
    private static String value(String parameter, char opening) {
        String value =
                parameter.substring(Math.min(parameter.length(), name(parameter).length() + 1));
        return switch (opening) {
            case '?' -> decoded(value);
            case '/' -> unquoted(value, "'", "'");
            default -> unquoted(value, "{", "}");
        };
    }

    private static String unquoted(String value, String opening, String closing) {
        return value.length() > 1 && value.startsWith(opening) && value.endsWith(closing)
                ? value.substring(1, value.length() - 1).replace(closing + closing, closing)
                : value;
    }

    private static String name(String parameter) {
        int equals = parameter.indexOf('=');
        return equals < 0 ? parameter : parameter.substring(0, equals);
    }

    /**
     * Where the parameters begin, with what tells them from the database; the URL's length where there are none.
     *
     * @param from what stands before it is no parameter
     */
    private static int start(String url, int from) {
        for (Pattern own : List.of(AFTER_COLON, AFTER_SLASH)) {
            Matcher matcher = own.matcher(url);
            if (matcher.lookingAt()) {
                return matcher.end() - 1;
            }
        }
        for (int i = from; i < url.length(); i++) {
            if (url.charAt(i) == '?' || url.charAt(i) == ';') {
                return i;
            }
        }
        return url.length();
    }

    /** A text with its percent escapes resolved. */
    static String decoded(String value) {
        return ENCODED.matcher(value).replaceAll(match -> {
            String hex = match.group().replace("%", "");
            byte[] bytes = new byte[hex.length() / 2];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
            }
            return Matcher.quoteReplacement(new String(bytes, StandardCharsets.UTF_8));
        });
    }
}
