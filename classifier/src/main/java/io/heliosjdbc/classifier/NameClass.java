package io.heliosjdbc.classifier;

import java.util.Locale;
import java.util.Set;

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

    private static final Set<String> KEYS = Set.of("id", "uuid", "guid", "pk", "oid", "rowid", "_id", "ctid", "key");
    private static final Set<String> NO_IDENTIFIERS = Set.of(
            "paid",
            "valid",
            "void",
            "grid",
            "solid",
            "liquid",
            "covid",
            "android",
            "is_paid",
            "is_valid",
            "amount_paid",
            "hybrid",
            "meta_key",
            "avoid");
    private static final String[] IDENTIFIERS = {
        "id", "uuid", "guid", "_key", "key", "_sk", "_pk", "_fk", "_nr", "_no", "_num", "_ref", "_ids", "_oid", "_rk",
        "ids"
    };
    private static final Set<String> SCOPES = Set.of(
            "tenant",
            "org",
            "organization",
            "organisation",
            "company",
            "account",
            "shop",
            "store",
            "workspace",
            "site",
            "realm",
            "hotel",
            "region",
            "country",
            "merchant",
            "fleet",
            "office",
            "team",
            "client",
            "customer_group",
            "type",
            "status",
            "category",
            "state",
            "kind",
            "group",
            "department",
            "city",
            "branch");
    private static final Set<String> UNIQUES = Set.of(
            "code",
            "email",
            "e_mail",
            "username",
            "user_name",
            "login",
            "slug",
            "token",
            "sku",
            "isbn",
            "iban",
            "hash",
            "handle",
            "phone",
            "msisdn",
            "vin",
            "reference",
            "barcode",
            "nickname",
            "subdomain",
            "domain",
            "number",
            "session",
            "fingerprint",
            "ean",
            "nif",
            "upc",
            "mrn",
            "ssn",
            "host",
            "hostname",
            "filename",
            "url",
            "plate",
            "imsi",
            "lei",
            "path",
            "relname",
            "attrelid",
            "symbol",
            "isin",
            "tin",
            "username_canonical",
            "name_key",
            "sid",
            "pid",
            "imei",
            "serial");
    private static final String[] UNIQUE_ENDINGS = {
        "email",
        "_number",
        "number",
        "_hash",
        "token",
        "username",
        "_slug",
        "_sku",
        "_iban",
        "_uid",
        "_reference",
        "login",
        "phone",
        "_barcode",
        "_guid",
        "_serial",
        "nickname"
    };
    private static final String[] TIMES = {
        "_at",
        "_on",
        "date",
        "_time",
        "time",
        "timestamp",
        "_ts",
        "_day",
        "_dt",
        "_until",
        "_from",
        "_since",
        "_datum",
        "datum",
        "_start",
        "_end",
        "_due",
        "clock",
        "_seen",
        "_login",
        "_heartbeat",
        "_month",
        "_hour",
        "_begin"
    };
    private static final Set<String> TIME_WORDS = Set.of(
            "ts",
            "day",
            "month",
            "year",
            "period",
            "created",
            "updated",
            "modified",
            "dt",
            "hour",
            "week",
            "expires",
            "expiry",
            "logged",
            "recorded",
            "occurred",
            "when",
            "fecha",
            "since",
            "expire",
            "due",
            "time_stamp",
            "inception");

    /** The place in the order above. */
    int index() {
        return index;
    }

    /** The class of the name that stands in a part of a text; quotes are no part of it. */
    static NameClass of(CharSequence text, int from, int to) {
        if (to - from > LONGEST || to <= from) {
            return OTHER;
        }
        String written = text.subSequence(from, to).toString();
        String name = written.toLowerCase(Locale.ROOT);
        if (KEYS.contains(name)) {
            return KEY;
        }
        if (UNIQUES.contains(name)) {
            return UNIQUE;
        }
        if (TIME_WORDS.contains(name) || endsWith(name, TIMES) || written.endsWith("At") || written.endsWith("On")) {
            return TIME;
        }
        if (endsWith(name, UNIQUE_ENDINGS)) {
            return UNIQUE;
        }
        if (!NO_IDENTIFIERS.contains(name) && (endsWith(name, IDENTIFIERS) || name.startsWith("id_"))) {
            return SCOPES.contains(stem(name)) ? SCOPE : IDENTIFIER;
        }
        return OTHER;
    }

    private static boolean endsWith(String name, String[] endings) {
        for (String ending : endings) {
            if (name.endsWith(ending)) {
                return true;
            }
        }
        return false;
    }

    private static String stem(String name) {
        String stem = name.startsWith("id_") ? name.substring(3) : name;
        int cut = stem.endsWith("uuid") || stem.endsWith("guid")
                ? 4
                : stem.endsWith("key") ? 3 : stem.endsWith("id") || stem.endsWith("no") ? 2 : 0;
        stem = stem.substring(0, stem.length() - cut);
        return stem.endsWith("_") ? stem.substring(0, stem.length() - 1) : stem;
    }
}
