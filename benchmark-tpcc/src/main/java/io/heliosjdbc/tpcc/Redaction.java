package io.heliosjdbc.tpcc;

import java.util.regex.Pattern;

/** Takes passwords out of what is shown. */
public final class Redaction {
    /**
     * SQL Server has values in braces, in which two closing ones stand for one. Configuration files have them in quotation marks, in which
     * one may stand behind a backslash; three of them go over several lines.
     */
    private static final Pattern PARAMETER = Pattern.compile(
            "((?:(?:password|passwd|passcode|passphrase|pwd|secret|(?:api|access)[_-]?key)\\w*|token|credentials?)[\"']?\\s*=\\s*)"
                    + "(?:\\{(?:[^}]|}})*+}?"
                    + "|\"\"\"(?s:.*?)(?:\"\"\"|\\z)|'''(?s:.*?)(?:'''|\\z)"
                    + "|\"(?:[^\"\\\\\\r\\n]|\\\\.)*+\"?|'[^'\\r\\n]*+'?"
                    + "|[^&;\\s]+)",
            Pattern.CASE_INSENSITIVE);

    /** Oracle's user and password; whatever it holds, it goes to the last at sign. */
    private static final Pattern ORACLE =
            Pattern.compile("(:oracle:\\w+:(?:\"[^\"]*\"|[^/@\\s]*)/)(?:\"[^\"]*\"|\\S*)@", Pattern.CASE_INSENSITIVE);

    /** A password that holds an at sign goes to the last one before path and parameters. */
    private static final Pattern AUTHORITY = Pattern.compile("(//[^/?#;:@\\s]*:)(?:[^/?\\s]*|[^/@\\s]*)@");

    private Redaction() {}

    /** The text without passwords. */
    public static String of(String text) {
        String parameters = PARAMETER.matcher(text).replaceAll("$1***");
        String authority = AUTHORITY.matcher(parameters).replaceAll("$1***@");
        return ORACLE.matcher(authority).replaceAll("$1***@");
    }
}
