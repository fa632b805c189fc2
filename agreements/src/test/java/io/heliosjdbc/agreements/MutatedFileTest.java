package io.heliosjdbc.agreements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Validator;
import org.junit.jupiter.api.Test;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** Files that somebody has half edited: whatever the text, the answer is an agreement or faults at places within it. */
final class MutatedFileTest {
    /** Tags, attributes and values are what people copy, delete and paste. */
    private static final Pattern PIECE = Pattern.compile("<[^>]*>|[\\w:]+=\"[^\"]*\"|\"[^\"]*\"|\\w+|[^\\w\\s]");

    @Test
    void everyMutationIsReadOrRefusedWithPlacesInTheText() throws IOException {
        Random random = new Random(20261120);
        String original = Files.readString(Fixtures.path("good/everything.xml"));
        int refused = 0;
        int accepted = 0;
        for (int i = 0; i < 3_000; i++) {
            String text = mutate(original, random, 1 + random.nextInt(3));
            List<Fault> faults = faults(text);
            List<String> lines = text.lines().toList();

            assertThat(faults).as(text).allSatisfy(fault -> {
                assertThat(fault.line()).isBetween(1, lines.size() + 1);
                assertThat(fault.column()).isPositive();
                assertThat(fault.what()).isNotBlank().doesNotContain("null", "cvc-", "\n");
                assertThat(fault.mend()).isNotBlank().doesNotContain("null", "another value");
            });
            assertThat(faults).as(text).doesNotHaveDuplicates();
            if (!isValid(text)) {
                assertThat(faults).as(text).isNotEmpty();
            }
            refused += faults.isEmpty() ? 0 : 1;
            accepted += faults.isEmpty() ? 1 : 0;
        }
        assertThat(refused).isGreaterThan(1_000);
        assertThat(accepted).isGreaterThan(50);
    }

    private static String mutate(String original, Random random, int times) {
        String text = original;
        for (int i = 0; i < times; i++) {
            List<int[]> pieces = new ArrayList<>();
            Matcher matcher = PIECE.matcher(text);
            for (int from = 0; matcher.find(from); from = matcher.start() + 1) {
                pieces.add(new int[] {matcher.start(), matcher.end()});
            }
            int[] target = pieces.get(random.nextInt(pieces.size()));
            int[] source = pieces.get(random.nextInt(pieces.size()));
            String piece = text.substring(source[0], source[1]);
            text = switch (random.nextInt(3)) {
                case 0 -> text.substring(0, target[0]) + text.substring(target[1]);
                case 1 -> text.substring(0, target[0]) + piece + text.substring(target[1]);
                default -> text.substring(0, target[0]) + piece + ' ' + text.substring(target[0]);
            };
        }
        return text;
    }

    private static List<Fault> faults(String text) {
        RefusedInputException refused = catchThrowableOfType(
                RefusedInputException.class,
                () -> Agreements.readFrom(List.of(Fixtures.bytes(text.getBytes(StandardCharsets.UTF_8)))));
        return refused == null ? List.of() : refused.faults();
    }

    /** What the schema alone says, without anything of the reader between it and the text. */
    private static boolean isValid(String text) throws IOException {
        Validator validator = AgreementSchema.INSTANCE.schema().newValidator();
        validator.setErrorHandler(new ErrorHandler() {
            @Override
            public void warning(SAXParseException e) {}

            @Override
            public void error(SAXParseException e) throws SAXException {
                throw e;
            }

            @Override
            public void fatalError(SAXParseException e) throws SAXException {
                throw e;
            }
        });
        try {
            validator.validate(new StreamSource(new StringReader(text)));
            return true;
        } catch (SAXException e) {
            return false;
        }
    }
}
