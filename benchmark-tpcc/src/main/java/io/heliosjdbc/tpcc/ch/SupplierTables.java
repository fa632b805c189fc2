package io.heliosjdbc.tpcc.ch;

import io.heliosjdbc.tpcc.Dialect;
import io.heliosjdbc.tpcc.RowWriter;
import io.heliosjdbc.tpcc.load.Annex;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;

/**
 * The three tables that CH adds to TPC-C's: 5 regions, 62 nations whose keys are the codes of the characters that a state may begin with, and
 * 10,000 suppliers (thesis, B.1). Their content is fixed. Stateless.
 */
public final class SupplierTables {
    /** Children before parents. */
    static final List<String> TABLES = List.of("supplier", "nation", "region");

    private static final int SUPPLIERS = 10_000;
    private static final String KEYS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final List<String> REGIONS = List.of("Africa", "America", "Asia", "Europe", "Middle East");
    /** Each with the first letter of its region, in the order of the keys. */
    private static final List<String> NATIONS = List.of(
            "Algeria/Af",
            "Angola/Af",
            "Botswana/Af",
            "Cameroon/Af",
            "Egypt/Af",
            "Ethiopia/Af",
            "Ghana/Af",
            "Kenya/Af",
            "Morocco/Af",
            "Nigeria/Af",
            "Argentina/Am",
            "Bolivia/Am",
            "Cambodia/As",
            "Denmark/E",
            "Ecuador/Am",
            "France/E",
            "Germany/E",
            "Hungary/E",
            "Iran/M",
            "Jordan/M",
            "Kuwait/M",
            "Lebanon/M",
            "Malaysia/As",
            "Norway/E",
            "Oman/M",
            "Poland/E",
            "Qatar/M",
            "Romania/E",
            "Spain/E",
            "Thailand/As",
            "United Kingdom/E",
            "Vietnam/As",
            "Wales/E",
            "Mexico/Am",
            "Yemen/M",
            "Zambia/Af",
            "Austria/E",
            "Brazil/Am",
            "China/As",
            "Dominica/Am",
            "Estonia/E",
            "Finland/E",
            "Greece/E",
            "Haiti/Am",
            "India/As",
            "Japan/As",
            "Korea/As",
            "Laos/As",
            "Mozambique/Af",
            "Nepal/As",
            "Peru/Am",
            "Portugal/E",
            "Russia/E",
            "Saudi Arabia/M",
            "Turkey/M",
            "Uruguay/Am",
            "Venezuela/Am",
            "Sweden/E",
            "Chile/Am",
            "Canada/Am",
            "Tanzania/Af",
            "Italy/E");

    private static final List<String> CREATE = List.of("""
            CREATE TABLE region (r_regionkey INTEGER NOT NULL, r_name VARCHAR(55) NOT NULL, r_comment VARCHAR(152) NOT NULL,
              PRIMARY KEY (r_regionkey))""", """
            CREATE TABLE nation (n_nationkey INTEGER NOT NULL, n_name VARCHAR(25) NOT NULL, n_regionkey INTEGER NOT NULL,
              n_comment VARCHAR(152) NOT NULL, PRIMARY KEY (n_nationkey),
              FOREIGN KEY (n_regionkey) REFERENCES region (r_regionkey))""", """
            CREATE TABLE supplier (su_suppkey INTEGER NOT NULL, su_name VARCHAR(25) NOT NULL, su_address VARCHAR(40) NOT NULL,
              su_nationkey INTEGER NOT NULL, su_phone VARCHAR(15) NOT NULL, su_acctbal NUMERIC(12,2) NOT NULL,
              su_comment VARCHAR(101) NOT NULL, PRIMARY KEY (su_suppkey),
              FOREIGN KEY (su_nationkey) REFERENCES nation (n_nationkey))""");

    /** To be loaded beside TPC-C's. */
    public static final Annex ANNEX = new Annex() {
        @Override
        public List<String> tables() {
            return TABLES;
        }

        @Override
        public void load(Connection connection) throws SQLException {
            SupplierTables.load(connection);
        }
    };

    private SupplierTables() {}

    /** Creates the tables and fills them; the caller commits. */
    static void load(Connection connection) throws SQLException {
        Dialect dialect = Dialect.of(connection);
        try (Statement statement = connection.createStatement()) {
            for (String create : CREATE) {
                statement.execute(dialect.create(create));
            }
        }
        try (RowWriter rows = dialect.writer(connection, "region", List.of("r_regionkey", "r_name", "r_comment"))) {
            for (int i = 0; i < REGIONS.size(); i++) {
                rows.row(i, REGIONS.get(i), "the region " + REGIONS.get(i));
            }
        }
        try (RowWriter rows =
                dialect.writer(connection, "nation", List.of("n_nationkey", "n_name", "n_regionkey", "n_comment"))) {
            for (int i = 0; i < KEYS.length(); i++) {
                String[] nation = NATIONS.get(i).split("/", -1);
                rows.row((int) KEYS.charAt(i), nation[0], region(nation[1]), "the nation " + nation[0]);
            }
        }
        try (RowWriter rows = dialect.writer(
                connection,
                "supplier",
                List.of(
                        "su_suppkey",
                        "su_name",
                        "su_address",
                        "su_nationkey",
                        "su_phone",
                        "su_acctbal",
                        "su_comment"))) {
            for (int i = 0; i < SUPPLIERS; i++) {
                rows.row(
                        i,
                        String.format(Locale.ROOT, "Supplier#%09d", i),
                        i + " Market Street",
                        // A multiplier without a common factor with the number of nations: neighbours are of different
                        // ones.
                        (int) KEYS.charAt(i * 7 % KEYS.length()),
                        String.format(Locale.ROOT, "%d-%07d", 10 + i % 90, i),
                        BigDecimal.valueOf(i * 37L % 1_000_000, 2),
                        i % 100 == 0 ? "bad experiences with this one" : "delivers as agreed");
            }
        }
    }

    private static int region(String beginning) {
        for (int i = 0; i < REGIONS.size(); i++) {
            if (REGIONS.get(i).startsWith(beginning)) {
                return i;
            }
        }
        throw new IllegalStateException("no region begins with " + beginning);
    }
}
