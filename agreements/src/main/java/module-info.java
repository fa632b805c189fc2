/** What was promised: service level agreements as immutable records, and their XML form. */
@SuppressWarnings("module") // The JAXB runtime is there at run time only.
module io.heliosjdbc.agreements {
    requires transitive org.jspecify;
    requires java.xml;
    requires jakarta.xml.bind;

    exports io.heliosjdbc.agreements;

    // JAXB fills the generated classes by reflection.
    opens io.heliosjdbc.agreements.xml to
            jakarta.xml.bind,
            org.glassfish.jaxb.core,
            org.glassfish.jaxb.runtime;

    uses jakarta.xml.bind.JAXBContextFactory;
}
