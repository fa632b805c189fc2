package io.heliosjdbc.tpcc.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a figure depends on besides what the command line says. Immutable.
 *
 * @param circumstances machine, versions and settings of the server, by name
 * @param files the texts of configuration and agreements, without passwords, as they were before anything was measured, by the names that
 *     command line and URL give them
 */
record Provenance(Map<String, String> circumstances, Map<String, String> files) {
    Provenance {
        circumstances = Collections.unmodifiableMap(new LinkedHashMap<>(circumstances));
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    }

    void put(ObjectNode root) {
        circumstances.forEach(root.putObject("circumstances")::put);
        files.forEach(root.putObject("files")::put);
    }
}
