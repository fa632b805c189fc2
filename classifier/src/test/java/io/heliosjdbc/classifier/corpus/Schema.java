package io.heliosjdbc.classifier.corpus;

import io.heliosjdbc.classifier.corpus.Column.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A schema of the corpus; {@code schemas.txt} says how they are written down.
 *
 * @param name its name
 * @param dialect the database that it lives in
 * @param quoted whether names are written in quotes
 * @param tables its tables
 */
record Schema(String name, Dialect dialect, boolean quoted, List<Table> tables) {
    private static final String SIGNS = ">@#~!%?^*";

    /** Which database's SQL. */
    enum Dialect {
        POSTGRESQL,
        MYSQL,
        ORACLE,
        SQLSERVER,
        GENERIC
    }

    static List<Schema> readAll() {
        List<Schema> schemas = new ArrayList<>();
        String[] head = new String[0];
        List<Table> tables = new ArrayList<>();
        for (String line : lines()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] words = line.strip().split("\\s+", -1);
            if (words[0].equals("schema")) {
                add(schemas, head, tables);
                head = words;
                tables = new ArrayList<>();
            } else {
                tables.add(table(words));
            }
        }
        add(schemas, head, tables);
        return schemas;
    }

    private static void add(List<Schema> schemas, String[] head, List<Table> tables) {
        if (head.length > 0) {
            Dialect dialect = Dialect.valueOf(head[2].toUpperCase(Locale.ROOT));
            schemas.add(new Schema(head[1], dialect, head[3].equals("quoted"), List.copyOf(tables)));
        }
    }

    private static List<String> lines() {
        try (InputStream in = Objects.requireNonNull(Schema.class.getResourceAsStream("schemas.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Table table(String[] words) {
        Table.Size size = words[0].endsWith("+")
                ? Table.Size.ENDLESS
                : words[0].endsWith(".") ? Table.Size.SMALL : Table.Size.MIDDLE;
        String name = size == Table.Size.MIDDLE ? words[0] : words[0].substring(0, words[0].length() - 1);
        boolean marked = List.of(words).stream().anyMatch(word -> word.contains("*"));
        boolean keyless = size == Table.Size.ENDLESS && !marked && !words[1].equals("id");
        List<Column> columns = new ArrayList<>();
        for (int i = 1; i < words.length; i++) {
            boolean primary = words[i].contains("*") || (!marked && !keyless && i == 1);
            columns.add(column(words[i], primary));
        }
        return new Table(name, size, columns);
    }

    private static Column column(String word, boolean primary) {
        int end = 0;
        while (end < word.length() && SIGNS.indexOf(word.charAt(end)) < 0) {
            end++;
        }
        String name = word.substring(0, end);
        String signs = word.substring(end).replace("*", "");
        String references = signs.startsWith(">") ? signs.substring(1) : "";
        Kind kind = signs.isEmpty()
                ? Kind.KEY
                : switch (signs.charAt(0)) {
                    case '>' -> Kind.REFERENCE;
                    case '@' -> Kind.DATE;
                    case '#' -> Kind.NUMBER;
                    case '~' -> Kind.CATEGORY;
                    case '!' -> Kind.UNIQUE;
                    case '%' -> Kind.TEXT;
                    case '?' -> Kind.FLAG;
                    case '^' -> Kind.SCOPE;
                    default -> throw new IllegalArgumentException("sign of " + word);
                };
        return new Column(name, kind, primary, references);
    }

    Table table(String wanted) {
        return tables.stream()
                .filter(table -> table.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " has no table " + wanted));
    }
}
