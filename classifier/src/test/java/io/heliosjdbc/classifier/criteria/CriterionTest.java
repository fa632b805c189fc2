package io.heliosjdbc.classifier.criteria;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.heliosjdbc.classifier.statement.Feature;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CriterionTest {
    private static final Map<Feature, Object> VALUES = new EnumMap<>(Map.of(
            Feature.QUERY_TYPE,
            "SELECT",
            Feature.SELECT_ONLY,
            true,
            Feature.JOIN_COUNT,
            2L,
            Feature.AGGREGATION_COUNT,
            0L,
            Feature.TABLE_NAMES,
            List.of("shop.orders", "Products"),
            Feature.APPLICATION,
            "shop-web",
            Feature.HAS_LIMIT,
            false));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "join_count = 2",
                "JOIN_COUNT=2",
                " join_count<=2.0 ",
                "join_count >= 2 and join_count < 2.5 And join_count > -1e3",
                "join_count != 3",
                "select_only = TRUE",
                "select_only != false",
                "query_type = 'select'",
                "query_type CONTAINS 'elec'",
                "application = 'shop-web'",
                "application = \"shop-web\"",
                "application != 'Shop-Web'",
                "application contains '-w'",
                "tenant != 'a'",
                "NOT tenant = 'a'",
                "NOT tenant CONTAINS 'a'",
                "table_names CONTAINS 'orders'",
                "table_names CONTAINS 'SHOP.ORDERS'",
                "table_names CONTAINS 'products'",
                "NOT table_names CONTAINS 'rders'",
                "NOT NOT join_count = 2",
                "NOT NOT NOT join_count = 3",
                "join_count = 3 AND join_count = 4 OR join_count = 2",
                "join_count = 2 OR join_count = 3 AND join_count = 4",
                "NOT join_count = 3 AND join_count = 2",
                "(join_count = 3 OR ((join_count = 2))) AND NOT (join_count = 2 AND join_count = 3)",
            })
    void criterionHolds(String text) throws CriterionSyntaxException {
        assertThat(evaluate(text)).isEqualTo(Truth.TRUE);
        assertThat(evaluate("NOT (" + text + ")")).isEqualTo(Truth.FALSE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "estimated_rows_scanned > 5",
                "join_count = 2 AND table_row_count < 5",
                "join_count = 3 OR estimated_duration_ms < 5",
                "transaction_context = true OR has_limit = true"
            })
    void featureThatIsNotKnownDecidesNothing(String text) throws CriterionSyntaxException {
        assertThat(evaluate(text)).isEqualTo(Truth.UNKNOWN);
    }

    @Test
    void featureThatIsNotKnownDoesNotMatterWhereTheRestDecides() throws CriterionSyntaxException {
        assertThat(evaluate("join_count = 3 AND estimated_cost > 5")).isEqualTo(Truth.FALSE);
        assertThat(evaluate("estimated_cost > 5 OR join_count = 2")).isEqualTo(Truth.TRUE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ~~                             |  0 | expected a feature but found the end | begin a condition with a feature, as in join_count <= 2
            5 < join_count                 |  0 | expected a feature but found 5 | begin a condition with a feature, as in join_count <= 2
            AND join_count = 1             |  0 | expected a feature but found AND | begin a condition with a feature, as in join_count <= 2
            join_count = 1 OR              | 17 | expected a feature but found the end | begin a condition with a feature, as in join_count <= 2
            join_cuont = 1                 |  0 | unknown feature join_cuont | did you mean join_count
            select_only = true AND has_order = true | 23 | unknown feature has_order | did you mean has_order_by
            count > 1                      |  0 | unknown feature count | use one of query_type, select_only, transaction_context, join_count, aggregation_count, subquery_count, table_names, table_row_count, estimated_rows_scanned, estimated_duration_ms, estimated_cost, write_heavy, bulk_operation, client_tag, application, user, tenant, schema, route, controller, action, has_group_by, has_order_by, has_limit, parameter_count
            join_count                     | 10 | expected an operator after join_count but found the end | use one of =, !=, <, <=, >, >=, CONTAINS
            join_count is 1                | 11 | expected an operator after join_count but found is | use one of =, !=, <, <=, >, >=, CONTAINS
            join_count CONTAINS 1          | 11 | operator CONTAINS does not fit join_count, which is a number | use one of =, !=, <, <=, >, >=
            has_limit CONTAINS true        | 10 | operator CONTAINS does not fit has_limit, which is true or false | use = or !=
            has_limit > false              | 10 | operator > does not fit has_limit, which is true or false | use = or !=
            query_type <= 'a'              | 11 | operator <= does not fit query_type, which is a text | use = or !=
            table_names = 'a'              | 12 | operator = does not fit table_names, which is a list of names | use CONTAINS
            table_names CONTAINS 5         | 21 | table_names contains names, not 5 | give a quoted name, as in table_names CONTAINS 'orders'
            join_count = 'two'             | 13 | join_count is a number, not 'two' | write it as in join_count = 2
            join_count = true              | 13 | join_count is a number, not true | write it as in join_count = 2
            select_only = 1                | 14 | select_only is true or false, not 1 | write it as in select_only = true
            select_only = 'true'           | 14 | select_only is true or false, not 'true' | write it as in select_only = true
            user = scott                   |  7 | user is a text, not scott | write it as in user = 'x'
            user CONTAINS true             | 14 | user is a text, not true | write it as in user = 'x'
            user =                         |  6 | user is a text, not the end | write it as in user = 'x'
            user = 'it''s                  |  7 | quoted text without an end | close it with '
            join_count = 5ms               | 13 | 5ms is no number | write a number without a unit, as in 500 or 0.5
            join_count = 1.2.3             | 13 | 1.2.3 is no number | write a number without a unit, as in 500 or 0.5
            join_count == 1                | 11 | == is no operator | write =
            join_count <> 1                | 11 | <> is no operator | write !=
            join_count = 1 && user = 'a'   | 15 | && is no operator | write AND
            !(join_count = 1)              |  0 | ! is no operator | write NOT
            join_count = 1; user = 'a'     | 14 | unexpected character ; | remove it or quote the text
            (join_count = 1                | 15 | expected ) but found the end | close the parenthesis opened at offset 0
            (join_count = 1 user = 'a'     | 16 | expected ) but found user | close the parenthesis opened at offset 0
            join_count = 1)                | 14 | closing parenthesis without an opening one | remove it
            join_count = 1 user = 'a'      | 15 | unexpected user | join conditions with AND or OR
            """)
    void faultIsToldWithItsPlaceAndHowToMendIt(String text, int offset, String what, String mend) {
        CriterionSyntaxException fault =
                catchThrowableOfType(CriterionSyntaxException.class, () -> Criterion.parse(text));
        assertThat(fault).isNotNull();
        assertThat(fault).hasMessage(what);
        assertThat(fault.mend()).isEqualTo(mend);
        assertThat(fault.offset()).isEqualTo(offset);
    }

    @Test
    void barsAreNoOr() {
        CriterionSyntaxException fault = catchThrowableOfType(
                CriterionSyntaxException.class, () -> Criterion.parse("join_count = 1 || user = 'a'"));
        assertThat(fault).hasMessage("|| is no operator");
        assertThat(fault.mend()).isEqualTo("write OR");
        assertThat(fault.offset()).isEqualTo(15);
    }

    @Test
    void nestingIsBounded() {
        String text = "(".repeat(100_000) + "join_count = 1";
        CriterionSyntaxException fault =
                catchThrowableOfType(CriterionSyntaxException.class, () -> Criterion.parse(text));
        assertThat(fault).hasMessage("parentheses nested deeper than 50");
        assertThat(fault.offset()).isEqualTo(50);
    }

    @Test
    void criterionIsPrintedAsItWasWritten() throws CriterionSyntaxException {
        assertThat(Criterion.parse(" join_count > 2  or user = 'a' ")).hasToString(" join_count > 2  or user = 'a' ");
    }

    @Test
    void quotesInTextsAreDoubled() throws CriterionSyntaxException {
        assertThat(Criterion.parse("user = 'it''s'").evaluate(feature -> "it's"))
                .isEqualTo(Truth.TRUE);
    }

    private static Truth evaluate(String text) throws CriterionSyntaxException {
        return Criterion.parse(text).evaluate(VALUES::get);
    }
}
