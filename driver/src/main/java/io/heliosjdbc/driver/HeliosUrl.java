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
 * @param database the vendor's URL without its parameters
 * @param settings our parameters without the prefix {@code helios.}
 * @param vendorParameters the vendor's own parameters, by lower-case name, as they stand in the URL
 */
record HeliosUrl(
        String vendorUrl, String database, Map<String, String> settings, Map<String, String> vendorParameters) {
    static final String PREFIX = "jdbc:helios:";
    static final String PARAMETER_PREFIX = "helios.";

    private static final Set<String> CREDENTIALS = Set.of("user", "password");

    /**
     * What stands before the next semicolon. One with a backslash before it is part of the value: H2's INIT holds statements. So is one
     * within the braces of a whole value, as SQL Server's passwords may have it, where a brace of the value's own is written twice.
     */
    private static final Pattern PARAMETER =
            Pattern.compile("[^=;]*=\\{[^}]*+(?:}}[^}]*+)*+}(?=;|$)|[^;\\\\]*+(?:\\\\.?[^;\\\\]*+)*+", Pattern.DOTALL);

    /** Db2 and Informix separate the database from its parameters by a colon. */
    private static final Pattern AFTER_COLON =
            Pattern.compile("jdbc:(?:db2|ids|informix-sqli):[^?;]*?:(?=[A-Za-z][\\w.]*=)");

    private static final Pattern ENCODED = Pattern.compile("(?:%[0-9a-fA-F]{2})+");

    static boolean isOurs(@Nullable String url) {
        return url != null && url.startsWith(PREFIX);
    }

    /**
     * Takes a URL apart that {@link #isOurs}; parameters stand in the vendor's syntax, {@code ?a=b&c=d}, {@code ;a=b}, or
     * {@code :a=b;}.
     */
    static HeliosUrl parse(String url) {
        String rest = "jdbc:" + url.substring(PREFIX.length());
        int start = start(rest);
        if (start < 0) {
            return new HeliosUrl(rest, rest, Map.of(), Map.of());
        }
        boolean query = rest.charAt(start) == '?';
        Map<String, String> settings = new LinkedHashMap<>();
        Map<String, String> vendors = new LinkedHashMap<>();
        List<String> kept = new ArrayList<>();
        for (String parameter : parameters(rest, start)) {
            int equals = parameter.indexOf('=');
            String name = name(parameter);
            String value = equals < 0 ? "" : parameter.substring(equals + 1);
            if (name.startsWith(PARAMETER_PREFIX)) {
                settings.put(name.substring(PARAMETER_PREFIX.length()), query ? decoded(value) : unbraced(value));
            } else {
                kept.add(parameter);
                vendors.put(name.toLowerCase(Locale.ROOT), query ? decoded(value) : unbraced(value));
            }
        }
        String vendorUrl = settings.isEmpty() ? rest : with(rest, start, kept);
        return new HeliosUrl(vendorUrl, rest.substring(0, start), settings, vendors);
    }

    /** The same URL without its user and password, for where others are given that are to win over them. */
    HeliosUrl withoutCredentials() {
        int start = start(vendorUrl);
        if (start < 0) {
            return this;
        }
        List<String> kept = new ArrayList<>(parameters(vendorUrl, start));
        kept.removeIf(parameter -> CREDENTIALS.contains(name(parameter).toLowerCase(Locale.ROOT)));
        Map<String, String> vendors = new LinkedHashMap<>(vendorParameters);
        vendors.keySet().removeAll(CREDENTIALS);
        return new HeliosUrl(with(vendorUrl, start, kept), database, settings, vendors);
    }

    /** A URL with these parameters in the place of its own. */
    private static String with(String url, int start, List<String> parameters) {
        return parameters.stream().allMatch(String::isEmpty)
                ? url.substring(0, start)
                : url.substring(0, start + 1) + String.join(separator(url, start), parameters);
    }

    private static String separator(String url, int start) {
        return url.charAt(start) == '?' ? "&" : ";";
    }

    private static List<String> parameters(String url, int start) {
        String all = url.substring(start + 1);
        if (url.charAt(start) == '?') {
            return List.of(all.split("&", -1));
        }
        List<String> parameters = new ArrayList<>();
        int from = 0;
        while (from <= all.length()) {
            Matcher parameter = PARAMETER.matcher(all).region(from, all.length());
            int end = parameter.lookingAt() ? parameter.end() : all.length();
            parameters.add(all.substring(from, end));
            from = end + 1;
        }
        return parameters;
    }

    /** SQL Server's value in braces, as it is meant. */
    private static String unbraced(String value) {
        return value.startsWith("{") && value.endsWith("}")
                ? value.substring(1, value.length() - 1).replace("}}", "}")
                : value;
    }

    private static String name(String parameter) {
        int equals = parameter.indexOf('=');
        return equals < 0 ? parameter : parameter.substring(0, equals);
    }

    /** Where the parameters begin, with what tells them from the database; -1 where there are none. */
    private static int start(String url) {
        Matcher afterColon = AFTER_COLON.matcher(url);
        if (afterColon.lookingAt()) {
            return afterColon.end() - 1;
        }
        for (int i = 0; i < url.length(); i++) {
            if (url.charAt(i) == '?' || url.charAt(i) == ';') {
                return i;
            }
        }
        return -1;
    }

    private static String decoded(String value) {
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
