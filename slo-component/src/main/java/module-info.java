/** How the user loads stand against their agreements, and what lateness costs now. */
module io.heliosjdbc.slo {
    requires transitive io.heliosjdbc.agreements;

    exports io.heliosjdbc.slo;
}
