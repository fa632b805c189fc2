package io.heliosjdbc.agreements;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AgreementSchemaTest {

    /** Fault messages are built from what the schema says of its types, so it must say something of each. */
    @Test
    void everyTypeSaysWhatBelongsThere() {
        AgreementSchema schema = AgreementSchema.INSTANCE;
        Deque<String> open = new ArrayDeque<>(Set.of(schema.rootType()));
        Set<String> elements = new HashSet<>();
        Set<String> values = new HashSet<>();
        while (!open.isEmpty()) {
            String type = open.pop();
            if (!elements.add(type)) {
                continue;
            }
            AgreementSchema.Content content = schema.content(type);
            open.addAll(content.children().values());
            values.addAll(content.attributes().values());
            if (content.equals(AgreementSchema.Content.TEXT)) {
                values.add(type);
            } else {
                assertThat(content.mend()).as(type).isNotBlank();
            }
        }

        assertThat(elements).hasSize(18);
        assertThat(values)
                .hasSize(13)
                .allSatisfy(type ->
                        assertThat(schema.value(type)).as(type).isNotBlank().isNotEqualTo(schema.value("none")));
        assertThat(schema.value("Workload")).isEqualTo("one of oltp, analytics, batch");
    }
}
