package io.heliosjdbc.agreements;

import java.util.HashMap;
import java.util.Map;
import org.xml.sax.Attributes;

/**
 * An element that is being read. Immutable.
 *
 * @param name its local name
 * @param content what belongs into it
 * @param type its type's name
 * @param tag where it begins
 * @param values its attributes by qualified name
 */
record OpenElement(
        String name, AgreementSchema.Content content, String type, StartTag tag, Map<String, String> values) {

    static OpenElement of(String name, String type, StartTag tag, Attributes attributes) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < attributes.getLength(); i++) {
            values.put(attributes.getQName(i), attributes.getValue(i));
        }
        return new OpenElement(name, AgreementSchema.INSTANCE.content(type), type, tag, values);
    }
}
