package io.heliosjdbc.driver.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TomlTextTest {
    /** The value's character X stands at the offset given; the text's only X must be found. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '^',
            delimiter = '|',
            value = {
                "a = \"abX\" | 1 | 5 | 2",
                "a = 'a\\bX' | 1 | 5 | 3",
                "a = \"a\\tX\" | 1 | 5 | 2",
                "a = \"\\u00e9X\" | 1 | 5 | 1",
                "^a = [\n  \"one\", \"abX\"\n]^ | 2 | 10 | 2",
                "^a = \"\"\"\nline\nabX\"\"\"^ | 1 | 5 | 7",
                "^a = '''\nabX'''^ | 1 | 5 | 2",
                "^a = \"\"\"ab\\\n   X\"\"\"^ | 1 | 5 | 2",
            })
    void findsACharacterOfAValue(String text, int line, int column, int offset) {
        int index = text.indexOf('X');
        int expectedLine =
                (int) text.substring(0, index).chars().filter(c -> c == '\n').count() + 1;
        int expectedColumn = index - text.lastIndexOf('\n', index);

        assertThat(new TomlText("f", text).inside(line, column, offset))
                .isEqualTo(new Place("f", expectedLine, expectedColumn));
    }
}
