/** Which user load and which service class a statement belongs to, and why. */
module io.heliosjdbc.classifier {
    requires transitive io.heliosjdbc.agreements;
    requires com.github.benmanes.caffeine;
    requires org.slf4j;

    exports io.heliosjdbc.classifier;
    exports io.heliosjdbc.classifier.criteria;
    exports io.heliosjdbc.classifier.hints;
    exports io.heliosjdbc.classifier.statement;
}
