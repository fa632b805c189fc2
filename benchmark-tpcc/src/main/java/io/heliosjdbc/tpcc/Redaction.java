package io.heliosjdbc.tpcc;

import java.util.regex.Pattern;

/** Takes passwords out of what is shown. */
final class Redaction {
    private static final Pattern PARAMETER =
            Pattern.compile("((?:password|passwd|pwd|secret)\\w*\\s*=\\s*)[^&;\\s]+", Pattern.CASE_INSENSITIVE);
    private static final Pattern AUTHORITY = Pattern.compile("(//[^/?#;:@\\s]*:)[^/@\\s]*@");

    private Redaction() {}

    static String of(String text) {
        return AUTHORITY.matcher(PARAMETER.matcher(text).replaceAll("$1***")).replaceAll("$1***@");
    }
}
