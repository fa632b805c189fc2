/** Who goes next, who waits, who is refused: a deterministic core and a blocking adapter around it. */
module io.heliosjdbc.scheduler {
    requires transitive io.heliosjdbc.slo;
    requires org.slf4j;

    exports io.heliosjdbc.scheduler;
}
