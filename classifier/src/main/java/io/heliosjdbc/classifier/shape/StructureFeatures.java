package io.heliosjdbc.classifier.shape;

import io.heliosjdbc.classifier.learned.FeatureVector;
import io.heliosjdbc.classifier.reading.FeatureScanner;
import io.heliosjdbc.classifier.statement.Feature;
import io.heliosjdbc.classifier.statement.Features;
import io.heliosjdbc.classifier.tokens.Tokens;

/** The features of a statement's structure, alone and crossed. Not thread-safe. */
final class StructureFeatures {
    private final FeatureVector.Builder out;

    StructureFeatures(FeatureVector.Builder out) {
        this.out = out;
    }

    void add(Tokens tokens, Features features, ShapeReader shape) {
        QueryShape main = shape.main;
        int verb = features.value(Feature.QUERY_TYPE) instanceof String type ? type.hashCode() : 0;
        int joins = bucket(number(features, Feature.JOIN_COUNT));
        int aggregations = bucket(number(features, Feature.AGGREGATION_COUNT));
        int subqueries = bucket(number(features, Feature.SUBQUERY_COUNT));
        int access = main.access();
        int unkeyed = Math.min(3, shape.unkeyedQueries);
        int keyed = Math.min(2, shape.keyedQueries);
        int groups = shape.groupings > 0 ? 2 : aggregations > 0 ? 1 : 0;
        int summary = groups + (shape.windows > 0 ? 3 : 0);
        int limit = main.limit;
        int size = Integer.SIZE - Integer.numberOfLeadingZeros(tokens.size());
        int rows = rows(shape.rows);
        int bulk = (truth(features, Feature.BULK_OPERATION) ? 1 : 0) + (truth(features, Feature.WRITE_HEAVY) ? 2 : 0);
        int ranges = (shape.anyTimeRange ? 1 : 0) + (shape.anyContains ? 2 : 0);
        int order = (main.ordered ? 1 : 0) + (main.locks ? 2 : 0);

        add(1, verb);
        add(2, joins);
        add(3, aggregations);
        add(4, subqueries);
        add(5, access);
        add(6, unkeyed * 4 + keyed);
        add(7, summary);
        add(8, limit);
        add(9, size);
        add(10, rows);
        add(11, bulk);
        add(12, ranges);
        add(13, order);
        add(14, Math.min(4, shape.statements));
        add(15, Math.min(4, shape.commonTables));
        add(16, Math.min(4, shape.unions));
        add(17, Math.min(4, shape.windows));
        add(18, Math.min(4, shape.cases));
        add(19, shape.anyDistinct ? 1 : 0);
        add(20, Math.min(4, shape.groupings));
        add(21, main.alternatives() ? 1 : 0);
        add(22, bucket(number(features, Feature.PARAMETER_COUNT)));

        add(30, verb, access);
        add(31, verb, summary);
        add(32, verb, joins);
        add(33, verb, limit);
        add(34, verb, rows);
        add(35, verb, bulk);
        add(36, verb, unkeyed * 4 + keyed);
        add(37, verb, subqueries);
        add(38, verb, ranges);
        add(39, verb, order);
        add(40, verb, size);
        add(41, verb, Math.min(4, shape.commonTables));
        add(50, verb, access * 8 + summary);
        add(51, verb, access * 8 + joins);
        add(52, verb, access * 8 + limit);
        add(53, verb, access * 8 + bulk);
        add(54, verb, access * 16 + unkeyed * 4 + keyed);
        add(55, verb, summary * 8 + joins);
        add(56, verb, summary * 8 + limit);
        add(57, verb, summary * 16 + unkeyed * 4 + keyed);
        add(58, verb, joins * 16 + unkeyed * 4 + keyed);
        add(59, verb, subqueries * 16 + unkeyed * 4 + keyed);
        add(60, verb, (access * 8 + summary) * 8 + limit);
        add(61, verb, (access * 8 + summary) * 8 + joins);
        add(62, verb, (access * 8 + joins) * 8 + limit);
        add(63, verb, (access * 8 + limit) * 4 + order);
        add(64, verb, ((access * 8 + summary) * 8 + joins) * 8 + limit);
        add(65, verb, (ranges * 8 + summary) * 8 + limit);
        add(66, verb, (main.hasFrom ? 1 : 0) + (main.star ? 2 : 0) + access * 4);
        add(67, verb, (main.subqueryTest ? 1 : 0) + (main.exists ? 2 : 0) + (main.isKeyed() ? 4 : 0) + summary * 8);
    }

    private static boolean truth(Features features, Feature feature) {
        return Boolean.TRUE.equals(features.value(feature));
    }

    private static long number(Features features, Feature feature) {
        return features.value(feature) instanceof Long number ? number : 0;
    }

    private static int bucket(long count) {
        return (int) (count < 4 ? count : count < 6 ? 4 : count < 11 ? 5 : 6);
    }

    static int rows(int rows) {
        return rows < 2 ? rows : rows < 10 ? 2 : rows < 50 ? 3 : rows < FeatureScanner.MANY_ROWS ? 4 : 5;
    }

    private void add(int kind, int value) {
        out.structure(mix(mix(7, kind), value));
    }

    private void add(int kind, int verb, int value) {
        out.structure(mix(mix(mix(7, kind), verb), value));
    }

    /** The hash so far with one more number. */
    static int mix(int hash, int value) {
        int mixed = (hash ^ value) * 0x9E3779B1;
        return (mixed ^ (mixed >>> 15)) + hash * 31;
    }
}
