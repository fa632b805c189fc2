package io.heliosjdbc.tpcc.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Tables that are loaded beside TPC-C's, after these and as part of the same load. Implementations are stateless. */
public interface Annex {
    /** Without any. */
    Annex NONE = new Annex() {
        @Override
        public List<String> tables() {
            return List.of();
        }

        @Override
        public void load(Connection connection) {}
    };

    /** Their names, children before parents. */
    List<String> tables();

    /** Creates and fills them, where none of them is there; the caller commits. */
    void load(Connection connection) throws SQLException;
}
