/** Who goes next, who waits, who is refused: a deterministic core and a blocking adapter around it. */
module io.heliosjdbc.scheduler {
    requires transitive io.heliosjdbc.slo;

    exports io.heliosjdbc.scheduler;
}
