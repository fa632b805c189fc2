package io.heliosjdbc.tpcc;

import java.util.regex.Pattern;

/** Takes passwords out of what is shown. */
public final class Redaction {
    private static final Pattern PARAMETER =
            Pattern.compile("((?:password|passwd|pwd|secret)\\w*\\s*=\\s*)[^&;\\s]+", Pattern.CASE_INSENSITIVE);
    private static final Pattern AUTHORITY = Pattern.compile("(//[^/?#;:@\\s]*:)[^/@\\s]*@");

    private Redaction() {}

    /** The text without passwords. */
    public static String of(String text) {
        return AUTHORITY.matcher(PARAMETER.matcher(text).replaceAll("$1***")).replaceAll("$1***@");
    }
}
