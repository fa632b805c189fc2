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

    private static final Pattern ENCODED = Pattern.compile("(?:%[0-9a-fA-F]{2})+");

    static boolean isOurs(@Nullable String url) {
        return url != null && url.startsWith(PREFIX);
    }

    /** Takes a URL apart that {@link #isOurs}; parameters stand in the vendor's syntax, {@code ?a=b&c=d} or {@code ;a=b}. */
    static HeliosUrl parse(String url) {
        String rest = "jdbc:" + url.substring(PREFIX.length());
        int start = start(rest);
        if (start < 0) {
            return new HeliosUrl(rest, rest, Map.of(), Map.of());
        }
        boolean query = rest.charAt(start) == '?';
        String database = rest.substring(0, start);
        Map<String, String> settings = new LinkedHashMap<>();
        Map<String, String> vendors = new LinkedHashMap<>();
        List<String> kept = new ArrayList<>();
        for (String parameter : rest.substring(start + 1).split(parameterEnd(query ? "&" : ";"), -1)) {
            int equals = parameter.indexOf('=');
            String name = name(parameter);
            String value = equals < 0 ? "" : parameter.substring(equals + 1);
            if (name.startsWith(PARAMETER_PREFIX)) {
                settings.put(name.substring(PARAMETER_PREFIX.length()), query ? decoded(value) : value);
            } else {
                kept.add(parameter);
                vendors.put(name.toLowerCase(Locale.ROOT), query ? decoded(value) : value);
            }
        }
        String vendorUrl =
                kept.isEmpty() ? database : database + rest.charAt(start) + String.join(query ? "&" : ";", kept);
        return new HeliosUrl(settings.isEmpty() ? rest : vendorUrl, database, settings, vendors);
    }

    /** The same URL without its user and password, for where others are given that are to win over them. */
    HeliosUrl withoutCredentials() {
        int start = start(vendorUrl);
        if (start < 0) {
            return this;
        }
        String separator = vendorUrl.charAt(start) == '?' ? "&" : ";";
        List<String> kept =
                new ArrayList<>(List.of(vendorUrl.substring(start + 1).split(parameterEnd(separator), -1)));
        kept.removeIf(parameter -> CREDENTIALS.contains(name(parameter).toLowerCase(Locale.ROOT)));
        Map<String, String> vendors = new LinkedHashMap<>(vendorParameters);
        vendors.keySet().removeAll(CREDENTIALS);
        return new HeliosUrl(
                kept.isEmpty() ? database : database + vendorUrl.charAt(start) + String.join(separator, kept),
                database,
                settings,
                vendors);
    }

    /** A semicolon may be escaped: H2's INIT parameter holds statements. */
    private static String parameterEnd(String separator) {
        return separator.equals(";") ? "(?<!\\\\);" : separator;
    }

    private static String name(String parameter) {
        int equals = parameter.indexOf('=');
        return equals < 0 ? parameter : parameter.substring(0, equals);
    }

    private static int start(String url) {
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
