package io.heliosjdbc.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TemplateNameTest {
    private static final String LONG = "SELECT " + "amount, ".repeat(400);

    @Test
    void isTheTemplateItselfWhereThatIsShort() {
        String template = "x".repeat(TemplateName.LONGEST);

        assertThat(TemplateName.of(template)).isSameAs(template);
    }

    @Test
    void isBoundedAndStillTellsLongTemplatesApart() {
        assertThat(TemplateName.of(LONG + "a"))
                .hasSizeLessThan(TemplateName.LONGEST + 50)
                .startsWith(LONG.substring(0, TemplateName.LONGEST))
                .isEqualTo(TemplateName.of(LONG + "a"))
                .isNotEqualTo(TemplateName.of(LONG + "b"));
    }

    @Test
    void tellsTemplatesApartThatDifferInAWideCharacter() {
        assertThat(TemplateName.of(LONG + "\u0161")).isNotEqualTo(TemplateName.of(LONG + "\u017e"));
        assertThat(TemplateName.of(LONG + "\ud83d\ude00")).isNotEqualTo(TemplateName.of(LONG + "\ud83d\ude01"));
    }

    @Test
    void tellsTemplatesApartThatDifferInHalfACharacter() {
        assertThat(TemplateName.of(LONG + '\ud800'))
                .isNotEqualTo(TemplateName.of(LONG + '\ud801'))
                .isNotEqualTo(TemplateName.of(LONG + '?'));
    }

    @Test
    void cutsNoCharacterInHalves() {
        String template = "x".repeat(TemplateName.LONGEST - 1) + "\ud83d\ude00" + "y";

        assertThat(TemplateName.of(template)).startsWith("x".repeat(TemplateName.LONGEST - 1) + "... #");
    }
}
