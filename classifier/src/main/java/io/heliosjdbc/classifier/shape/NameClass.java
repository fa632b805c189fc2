package io.heliosjdbc.classifier.shape;

import io.heliosjdbc.classifier.tokens.TokenKind;
import io.heliosjdbc.classifier.tokens.Tokens;
import io.heliosjdbc.classifier.tokens.Vocabulary;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a column's name suggests that it holds. */
enum NameClass {
    /** The row's own key: {@code id}. */
    KEY(0),
    /** A key of something: {@code customer_id}, {@code l_orderkey}, {@code AUFTRAG_NR}. */
    IDENTIFIER(1),
    /** A key of something large: {@code tenant_id}. */
    SCOPE(2),
    /** What is unique in the business: {@code email}, {@code iban}, {@code order_number}. */
    UNIQUE(3),
    /** A time or a date. */
    TIME(4),
    /** Anything else. */
    OTHER(5);

    private static final int LONGEST = 64;

    private final int index;

    NameClass(int index) {
        this.index = index;
    }

    private static final Vocabulary SCOPES = new Vocabulary("""
            tenant org organization organisation company account shop store workspace site realm hotel region
            country merchant fleet office team client customer_group type status category state kind group
            department city branch
            """);

    /** What whole names tell; of those that are {@link #OTHER} no ending makes a key. */
    private static final Names NAMES =
            new Names().with(KEY, """
            id uuid guid pk oid rowid _id ctid key
            """).with(UNIQUE, """
            code email e_mail username user_name login slug token sku isbn iban hash handle phone msisdn vin
            reference barcode nickname subdomain domain number session fingerprint ean nif upc mrn ssn host
            hostname filename url plate imsi lei path relname attrelid symbol isin tin username_canonical
            name_key sid pid imei serial
            """).with(TIME, """
            ts day month year period created updated modified dt hour week expires expiry logged recorded
            occurred when fecha since expire due time_stamp inception
            """).with(OTHER, """
            paid valid void grid solid liquid covid android is_paid is_valid amount_paid hybrid meta_key avoid
            """);

    private static final Endings ENDINGS =
            new Endings().with(TIME, """
            _at _on date _time time timestamp _ts _day _dt _until _from _since _datum datum _start _end _due
            clock _seen _login _heartbeat _month _hour _begin
            """).with(UNIQUE, """
            email _number number _hash token username _slug _sku _iban _uid _reference login phone _barcode
            _guid _serial nickname
            """).with(IDENTIFIER, """
            id uuid guid _key key _sk _pk _fk _nr _no _num _ref _ids _oid _rk ids
            """);

    /** Names by the hash of their lower case. */
    private static final class Names {
        /** A power of two, and many more than there are names: most of what is looked for is not among them. */
        private static final int PLACES = 1_024;

        private final long[] hashes = new long[PLACES];
        private final NameClass[] means = new NameClass[PLACES];

        /** More names, of which none was there before. */
        Names with(NameClass meaning, String names) {
            for (String name : names.strip().split("\\s+", -1)) {
                long hash = Vocabulary.hash(name);
                int place = place(hash);
                hashes[place] = hash;
                means[place] = meaning;
            }
            return this;
        }

        /** What a name means; null where nobody knows. */
        @Nullable
        NameClass of(long hash) {
            return means[place(hash)];
        }

        /** Where it is, or would be. */
        private int place(long hash) {
            int place = (int) hash & (PLACES - 1);
            while (hashes[place] != 0 && hashes[place] != hash) {
                place = (place + 1) & (PLACES - 1);
            }
            return place;
        }
    }

    /** What names end in. */
    private static final class Endings {
        private static final int BUCKETS = 256;

        private static final Ending[] NONE = {};

        /** By the last two characters, in lower case, so that most names are compared with none. */
        private final Ending[][] buckets = new Ending[BUCKETS][];

        private record Ending(String text, NameClass means) {}

        Endings() {
            Arrays.fill(buckets, NONE);
        }

        /** More endings of at least two characters, which count where none of those before does. */
        Endings with(NameClass means, String endings) {
            for (String ending : endings.strip().split("\\s+", -1)) {
                int bucket = bucket(ending.charAt(ending.length() - 2), ending.charAt(ending.length() - 1));
                Ending[] known = buckets[bucket];
                buckets[bucket] = Arrays.copyOf(known, known.length + 1);
                buckets[bucket][known.length] = new Ending(ending, means);
            }
            return this;
        }

        NameClass of(char[] text, int from, int to) {
            if (to - from < 2) {
                return OTHER;
            }
            for (Ending ending : buckets[bucket(text[to - 2], text[to - 1])]) {
                if (endsWith(text, from, to, ending.text)) {
                    return ending.means;
                }
            }
            return OTHER;
        }

        private static int bucket(char lastButOne, char last) {
            return (lower(lastButOne) * 31 + lower(last)) & (BUCKETS - 1);
        }
    }

    /** The place in the order above. */
    int index() {
        return index;
    }

    /** The class of the name at a position; quotes are no part of it. */
    static NameClass of(Tokens tokens, int i) {
        int quote = tokens.kind(i) == TokenKind.QUOTED_NAME ? 1 : 0;
        int from = tokens.start(i) + quote;
        int to = tokens.end(i) - quote;
        if (to - from > LONGEST || to <= from) {
            return OTHER;
        }
        return of(tokens.chars(), from, to, quote == 0 ? tokens.hash(i) : Vocabulary.hash(tokens.chars(), from, to));
    }

    private static NameClass of(char[] text, int from, int to, long hash) {
        NameClass known = NAMES.of(hash);
        if (known == KEY || known == UNIQUE) {
            return known;
        }
        NameClass ending = ENDINGS.of(text, from, to);
        if (known == TIME || ending == TIME || endsInHump(text, from, to)) {
            return TIME;
        }
        if (ending == UNIQUE) {
            return UNIQUE;
        }
        boolean prefixed = startsWithId(text, from, to);
        if ((ending == IDENTIFIER || prefixed) && known != OTHER) {
            return isScope(text, prefixed ? from + 3 : from, to) ? SCOPE : IDENTIFIER;
        }
        return OTHER;
    }

    /** {@code createdAt}, {@code createdOn}. */
    private static boolean endsInHump(char[] text, int from, int to) {
        return to - from >= 2
                && ((text[to - 2] == 'A' && text[to - 1] == 't') || (text[to - 2] == 'O' && text[to - 1] == 'n'));
    }

    private static boolean startsWithId(char[] text, int from, int to) {
        return to - from >= 3 && lower(text[from]) == 'i' && lower(text[from + 1]) == 'd' && text[from + 2] == '_';
    }

    private static boolean isScope(char[] text, int from, int to) {
        int cut = endsWith(text, from, to, "uuid") || endsWith(text, from, to, "guid")
                ? 4
                : endsWith(text, from, to, "key")
                        ? 3
                        : endsWith(text, from, to, "id") || endsWith(text, from, to, "no") ? 2 : 0;
        int end = to - cut;
        if (end > from && text[end - 1] == '_') {
            end--;
        }
        return SCOPES.has(Vocabulary.hash(text, from, end));
    }

    private static boolean endsWith(char[] text, int from, int to, String ending) {
        int begin = to - ending.length();
        if (begin < from) {
            return false;
        }
        for (int i = 0; i < ending.length(); i++) {
            if (lower(text[begin + i]) != ending.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }
}
