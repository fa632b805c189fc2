package io.heliosjdbc.classifier.hints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.heliosjdbc.classifier.reading.Reading;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HintsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/* priority=high */ SELECT 1",
                "/*priority=high*/SELECT 1",
                "  \n /* priority = HIGH */ SELECT 1",
                "-- priority=high\nSELECT 1",
                "--priority=high\r\nSELECT 1",
                "/* nothing of ours */ /* priority=high */ SELECT 1",
                "/*+ SeqScan(t) */ /* priority=high */ SELECT 1",
                "; /* priority=high */ SELECT 1",
                "SELECT 1 /* priority=high */",
                "SELECT 1 /* priority=high */;",
                "SELECT 1; /* priority=high */ ; ",
                "SELECT 1 -- priority=high",
                "SELECT 1 --priority=high",
                "SELECT 1 --note\n, 2 /* priority=high */",
                "SELECT 1 -- priority=high\n",
                "SELECT 'it''s' /* priority=high */",
                "SELECT 'c:\\\\' /* priority=high */",
                "SELECT E'a\\'b' /* priority=high */",
                "SELECT $$ it's $$ /* priority=high */",
                "SELECT $a$ $$ $b$ $a$ /* priority=high */",
                "SELECT q'[a]' /* priority=high */",
                "SELECT \"a\"\"b\" /* priority=high */",
                "SELECT a[1] FROM [my table] /* priority=high */",
                "SELECT $1 /* priority=high */",
                "SELECT a ?| ARRAY['x'] /* priority=high */",
                "SELECT 1 /* priority=high */ /* of the shop's own */",
                "/*priority='high',traceparent='00-5bd66ef5095369c7b0d1f8f4bd33716a-c532cb4098ac3dd2-01'*/ SELECT 1",
                "SELECT 1 /*db_driver='x%20y',priority='h%69gh'*/",
                "/* priority=high, priority=low */ SELECT 1",
                "/* priority=high */ SELECT 1 /* priority=low */",
                "/* priority=high */ SELECT 'unterminated",
                "/* priority=high */ SELECT 'a\\' /* priority=low */ -- '",
                "/* priority=high */",
            })
    void priorityIsReadBeforeTheFirstAndAfterTheLastToken(String sql) {
        assertThat(Reading.of(sql).hints().priority()).isEqualTo(Priority.HIGH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT /* priority=high */ 1",
                "SELECT 1 /* priority=high */ FROM t",
                "SELECT '/* priority=high */'",
                "SELECT 1, ' -- priority=high'",
                "SELECT 1 AS \"/* priority=high */\"",
                "SELECT 1 AS `-- priority=high`",
                "SELECT 1 AS [/* priority=high */]",
                "SELECT $$/* priority=high */$$",
                "SELECT $x$ $$ /* priority=high */ $x$",
                "SELECT $x$ /* priority=high */",
                "SELECT E'a\\' /* priority=high */'",
                "SELECT N'it''s /* priority=high */'",
                "SELECT U&'\\0041 /* priority=high */'",
                "SELECT q'[it's /* priority=high */ ]'",
                "SELECT q'!it's ! /* priority=high */ !'",
                "SELECT nq'{ /* priority=high */ }'",
                "SELECT 1 /* priority=high",
                "SELECT 'x /* priority=high */",
                "SELECT 1 /*/ priority=high */",
                "/* /* priority=high */ */ SELECT 1",
                "/* priority=high /* of old */ */ SELECT 1",
                "SELECT 1 /* a /* priority=high */",
                "SELECT 1 /*+ priority=high */",
                "/*! priority=high */ SELECT 1",
                "# priority=high\nSELECT 1",
                "SELECT 1 /* see ticket 4, priority=high */",
                "SELECT 1 /* priority=high; class=fast_lane */",
                "SELECT 1 /* the priority=high */",
                "SELECT 1 /* priority=urgent */",
                "SELECT 1 /* priority= */",
                "SELECT 1 /* priority */",
                "SELECT 1 /* priority='high */",
                "SELECT 1 /* priority='high' and more */",
                "SELECT 1 /* my_priority=high */",
                "",
            })
    void priorityIsNotReadAnywhereElse(String sql) {
        assertThat(Reading.of(sql).hints().priority()).isNull();
    }

    /** What one database takes for a comment is a part of somebody's literal to another one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM t WHERE n = 'a\\' /* priority=high */ -- '",
                "SELECT * FROM t WHERE n = \"a\\\" /* priority=high */ -- \"",
                "SELECT * FROM t WHERE n = 'a\\'' /* priority=high */",
                "SELECT n /* a /* b */ /* priority=high */",
                "UPDATE t SET a = a--5 WHERE n = 'x\n/* priority=high */ -- '",
                "SELECT a--1 /* b\n, 'x /* priority=high */",
                "SELECT n # of t\n FROM t\n # of t's\n /* priority=high */",
                "SELECT q'[']' /* priority=high */ -- ']'",
                "SELECT n # it's\n FROM t WHERE n = 'x /* priority=high */ -- '",
            })
    void trailingHintIsIgnoredWhereDatabasesReadTheTextDifferently(String sql) {
        assertThat(Reading.of(sql).hints().priority()).isNull();
    }

    @Test
    void everyKeyIsRead() {
        Hints hints = Reading.of("/* priority=low, workload=batch, class=c, load=l, tenant=t, tier=r, client=k,"
                        + " transaction=x y, application=a, deadline_ms=1500, estimate_ms=20 */ SELECT 1")
                .hints();
        assertThat(hints)
                .isEqualTo(new Hints(Priority.LOW, Workload.BATCH, "c", "l", "t", "r", "k", "x y", "a", 1500L, 20L));
    }

    @Test
    void sqlcommenterValuesAreDecoded() {
        Hints hints = Reading.of(
                        "SELECT 1 /*application='web%20shop',client='M%C3%BCller%2C+Sons',tenant='it\\'s',route='%2Fa'*/")
                .hints();
        assertThat(hints.application()).isEqualTo("web shop");
        assertThat(hints.client()).isEqualTo("Müller,+Sons");
        assertThat(hints.tenant()).isEqualTo("it's");
    }

    @Test
    void valuesThatAreNotDecodableStayAsTheyAre() {
        assertThat(Reading.of("/*client='50%'*/ SELECT 1").hints().client()).isEqualTo("50%");
        assertThat(Reading.of("/*client='%ff'*/ SELECT 1").hints().client()).isEqualTo("%ff");
    }

    @Test
    void unknownValuesAreNoHintsAndAreReported() {
        Reading reading = Reading.of(
                "/* priority=urgent, workload=etl, deadline_ms=-5, estimate_ms=99999999999999999999, tenant=ok */ SELECT 1");
        assertThat(reading.hints()).isEqualTo(Hints.NONE.with("tenant", "ok"));
        assertThat(reading.refusedHints())
                .isEqualTo(Map.of(
                        HintKey.PRIORITY, "urgent",
                        HintKey.WORKLOAD, "etl",
                        HintKey.DEADLINE_MS, "-5",
                        HintKey.ESTIMATE_MS, "99999999999999999999"));
    }

    @Test
    void commentWithoutAKnownKeyIsJustAComment() {
        Reading reading = Reading.of("/* a=b, c=d */ SELECT 1");
        assertThat(reading.hints()).isEqualTo(Hints.NONE);
        assertThat(reading.refusedHints()).isEmpty();
    }

    @Test
    void withSetsAndUnsetsOneHint() {
        Hints hints = Hints.NONE.with("Priority", "high").with("deadline_ms", "7");
        assertThat(hints.priority()).isEqualTo(Priority.HIGH);
        assertThat(hints.deadlineMillis()).isEqualTo(7L);
        assertThat(hints.with("priority", null).with("deadline_ms", null)).isEqualTo(Hints.NONE);
        assertThat(Hints.isKey("CLASS")).isTrue();
        assertThat(Hints.isKey("klass")).isFalse();
    }

    @Test
    void withRefusesWhatIsNoHint() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Hints.NONE.with("priority", "urgent"))
                .withMessage(
                        "hint priority does not take 'urgent'; give one of critical, high, medium, low, background");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Hints.NONE.with("deadline_ms", "0"))
                .withMessage(
                        "hint deadline_ms does not take '0'; give a whole number of milliseconds from 1 to 9223372036854775807");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Hints.NONE.with("tenant", "x".repeat(257)))
                .withMessageEndingWith("give a name of at most 256 characters");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Hints.NONE.with("nice", "1"))
                .withMessage("unknown hint nice");
    }
}
