package io.heliosjdbc.driver.manager;

/** Reads the first words of each statement in a text of several, past literals, quoted names and comments. */
final class SqlWords {
    private final String sql;
    private int at;
    private boolean started;

    SqlWords(String sql) {
        this.sql = sql;
    }

    /** Goes to the beginning of the next statement; false at the end of the text. */
    boolean nextStatement() {
        if (started) {
            while (at < sql.length() && sql.charAt(at) != ';') {
                at = afterToken();
            }
            at++;
        }
        started = true;
        skipBlank();
        return at < sql.length();
    }

    /** The next word of the present statement; empty where something else or nothing follows. */
    String next() {
        skipBlank();
        int start = at;
        while (at < sql.length() && Character.isLetter(sql.charAt(at))) {
            at++;
        }
        return sql.substring(start, at);
    }

    private void skipBlank() {
        while (at < sql.length()) {
            if (Character.isWhitespace(sql.charAt(at))) {
                at++;
            } else if (sql.startsWith("--", at) || sql.startsWith("/*", at)) {
                at = afterToken();
            } else {
                return;
            }
        }
    }

    private int afterToken() {
        char c = sql.charAt(at);
        if (c == '\'' || c == '"' || c == '`') {
            return after(String.valueOf(c), at + 1);
        }
        if (sql.startsWith("--", at)) {
            return after("\n", at);
        }
        if (sql.startsWith("/*", at)) {
            return afterComment();
        }
        if (c == '$' && (at == 0 || !Character.isJavaIdentifierPart(sql.charAt(at - 1)))) {
            int end = at + 1;
            while (end < sql.length() && (Character.isLetterOrDigit(sql.charAt(end)) || sql.charAt(end) == '_')) {
                end++;
            }
            boolean tag = end < sql.length() && sql.charAt(end) == '$' && !Character.isDigit(sql.charAt(at + 1));
            if (tag) {
                return after(sql.substring(at, end + 1), end + 1);
            }
        }
        return at + 1;
    }

    private int after(String mark, int from) {
        int found = sql.indexOf(mark, from);
        return found < 0 ? sql.length() : found + mark.length();
    }

    /** Comments nest in PostgreSQL; elsewhere an inner opening is rare. */
    private int afterComment() {
        int depth = 0;
        int i = at;
        while (i < sql.length()) {
            if (sql.startsWith("/*", i)) {
                depth++;
                i += 2;
            } else if (sql.startsWith("*/", i)) {
                depth--;
                i += 2;
                if (depth == 0) {
                    return i;
                }
            } else {
                i++;
            }
        }
        return i;
    }
}
