package io.heliosjdbc.agreements;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SourceTextTest {
    private static final List<String> FILLINGS = List.of(
            "words > \" ' = words",
            "<!-- <a b='c'> -> -- > -->",
            "<![CDATA[<a b='c'> ]] > ]>]]>",
            "<?target <a b='c'> ?>",
            "\n",
            "\r\n",
            "\r",
            "\t",
            "\uD834\uDD1E");
    private static final List<String> SPACES = List.of(" ", "\n", "\r\n", "\r", "\t", "  \n\r ");

    /** Writes a random text and notes, counting character by character, where each tag and attribute begins. */
    private static final class Writer {
        private final Random random;
        private final StringBuilder text = new StringBuilder();
        private final List<StartTag> tags = new ArrayList<>();

        Writer(long seed) {
            random = new Random(seed);
        }

        void element(int depth) {
            Place begin = here();
            text.append("<n");
            Map<String, Place> attributes = new HashMap<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                text.append(any(SPACES));
                attributes.put("p:a" + i, here());
                text.append("p:a").append(i).append(maybeSpace()).append('=').append(maybeSpace());
                text.append(random.nextBoolean() ? "\"/> b='c' \n\"" : "'/> b=\"c\" \r\n'");
            }
            tags.add(new StartTag(begin, attributes));
            text.append(maybeSpace());
            if (random.nextInt(3) == 0) {
                text.append("/>");
                return;
            }
            text.append('>');
            for (int i = random.nextInt(6); i > 0; i--) {
                if (depth > 0 && random.nextBoolean()) {
                    element(depth - 1);
                } else {
                    text.append(any(FILLINGS));
                }
            }
            text.append("</n").append(maybeSpace()).append('>');
        }

        private Place here() {
            int line = 1;
            int column = 1;
            for (int i = 0; i < text.length(); i++) {
                boolean inPair = text.charAt(i) == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
                boolean ends = !inPair && (text.charAt(i) == '\n' || text.charAt(i) == '\r');
                line += ends ? 1 : 0;
                column = ends ? 1 : column + 1;
            }
            return new Place("file", line, column);
        }

        private String any(List<String> choices) {
            return choices.get(random.nextInt(choices.size()));
        }

        private String maybeSpace() {
            return random.nextBoolean() ? "" : any(SPACES);
        }
    }

    @Test
    void everyTagAndAttributeIsFoundWhereItWasWritten() {
        int found = 0;
        for (long seed = 0; seed < 500; seed++) {
            Writer writer = new Writer(seed);
            writer.text.append(seed % 2 == 0 ? "<?xml version='1.0'?>\n" : "");
            writer.element(4);
            SourceText text = new SourceText("file", (seed % 3 == 0 ? "\uFEFF" : "") + writer.text);

            for (StartTag tag : writer.tags) {
                assertThat(text.next()).as("seed %d: %s", seed, writer.text).isEqualTo(tag);
                found++;
            }
        }
        assertThat(found).isGreaterThan(1_000);
    }

    @Test
    void aDoctypeIsFoundOnlyBeforeTheRoot() {
        assertThat(new SourceText("f", "<?a?>\n <!-- <!DOCTYPE b> -->\n<!DOCTYPE c><c/>").doctype())
                .isEqualTo(new Place("f", 3, 1));
        assertThat(new SourceText("f", "<!-- <!DOCTYPE b> --><c><!DOCTYPE c></c>").doctype())
                .isNull();
    }

    @Test
    void aTextWithoutTagsEndsQuietly() {
        for (String text : List.of("", "none", "<!-- open", "<a b='open", "<a b", "<")) {
            SourceText source = new SourceText("f", text);
            source.next();

            assertThat(source.next()).as(text).isEqualTo(new StartTag(source.end(), Map.of()));
        }
    }
}
