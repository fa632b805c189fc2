package io.heliosjdbc.classifier.corpus;

import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gives a statement the looks of a person or a tool: case, line breaks, comments, a semicolon. Stateless. */
final class Dress {
    private static final Pattern CLAUSE = Pattern.compile(
            " (FROM|WHERE|GROUP BY|ORDER BY|HAVING|LIMIT|LEFT JOIN|LEFT OUTER JOIN|INNER JOIN|JOIN|UNION ALL|SET|VALUES|ON CONFLICT|"
                    + "WHEN MATCHED|WHEN NOT MATCHED|USING|SELECT|AND) ");

    private Dress() {}

    static String dressed(String marked, SplittableRandom random) {
        String text = marked;
        if (random.nextDouble() < 0.45) {
            text = broken(text, random);
        }
        boolean lower = random.nextDouble() < 0.45;
        StringBuilder out = new StringBuilder(text.length());
        boolean name = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == Pen.OPEN) {
                name = true;
            } else if (c == Pen.CLOSE) {
                name = false;
            } else {
                out.append(lower && !name ? Character.toLowerCase(c) : c);
            }
        }
        return commented(out.toString(), random);
    }

    private static String broken(String text, SplittableRandom random) {
        String indent = new String[] {"\n", "\n  ", "\r\n", "\n\t", "\n       "}[random.nextInt(5)];
        boolean conditions = random.nextBoolean();
        Matcher clauses = CLAUSE.matcher(text);
        StringBuilder out = new StringBuilder();
        int from = 0;
        // Each clause's closing space may be the opening one of the next.
        while (clauses.find(from)) {
            out.append(text, from, clauses.start());
            String clause = clauses.group(1);
            out.append(clause.equals("AND") && !conditions ? " " : clause.equals("AND") ? indent + "  " : indent);
            out.append(clause);
            from = clauses.end() - 1;
        }
        return out.append(text, from, text.length()).toString();
    }

    private static String commented(String text, SplittableRandom random) {
        String out = text + (random.nextDouble() < 0.25 ? ";" : "");
        int tag = random.nextInt(1000);
        return switch (random.nextInt(40)) {
            case 0 -> "/* dynamic native SQL query */ " + out;
            case 1 -> "/* " + String.format(Locale.ROOT, "load com.acme.Entity%d", tag) + " */ " + out;
            case 2 -> out + " /*action='index',controller='items',framework='spring'*/";
            case 3 -> "-- request " + tag + "\n" + out;
            case 4 -> out + " /* app:web,pid:" + tag + " */";
            default -> out;
        };
    }
}
