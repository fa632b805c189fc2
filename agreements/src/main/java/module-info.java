/** What was promised: service level agreements as immutable records, and their XML form. */
module io.heliosjdbc.agreements {
    requires transitive org.jspecify;
    requires java.xml;
    requires jakarta.xml.bind;

    exports io.heliosjdbc.agreements;
}
