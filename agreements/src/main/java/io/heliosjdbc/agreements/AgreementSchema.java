package io.heliosjdbc.agreements;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.dom.DOMSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The schema {@code agreement.xsd}, both for validation and as a description from which fault messages say what belongs
 * where. Immutable.
 *
 * <p>The JDK's own factories are asked for, not those that an application may have brought along: the messages that
 * {@link SchemaMessages} translates and the features that keep DTDs out are theirs.
 */
final class AgreementSchema {
    static final String NAMESPACE = "urn:helios:agreement:1";
    static final String ROOT = "Agreement";
    static final AgreementSchema INSTANCE = load();

    /**
     * What belongs into an element.
     *
     * @param mend what to put there, an imperative clause
     * @param children the types of the elements in it by name
     * @param attributes the types of its attributes by name, in the schema's order
     */
    record Content(String mend, Map<String, String> children, Map<String, String> attributes) {
        static final Content TEXT = new Content("leave nothing but text in it", Map.of(), Map.of());
    }

    private final Schema schema;
    private final String rootType;
    private final Map<String, Content> contents = new HashMap<>();
    private final Map<String, String> values = new HashMap<>();

    private AgreementSchema(Schema schema, Element root) {
        this.schema = schema;
        String typeOfRoot = "";
        for (Element definition : elements(root, "*")) {
            String name = definition.getAttribute("name");
            switch (String.valueOf(definition.getLocalName())) {
                case "element" -> typeOfRoot = definition.getParentNode() == root ? typeOf(definition) : typeOfRoot;
                case "complexType" -> contents.put(name, content(definition));
                case "simpleType" -> values.put(name, value(definition));
                default -> {
                    // Parts of the above.
                }
            }
        }
        this.rootType = typeOfRoot;
    }

    Schema schema() {
        return schema;
    }

    String rootType() {
        return rootType;
    }

    /** What belongs into an element of a type, simple types included. */
    Content content(@Nullable String type) {
        return contents.getOrDefault(String.valueOf(type), Content.TEXT);
    }

    /** What is a value of a simple type, a noun phrase. */
    String value(@Nullable String type) {
        return values.getOrDefault(String.valueOf(type), "another value");
    }

    private static AgreementSchema load() {
        try (InputStream in = AgreementSchema.class.getResourceAsStream("agreement.xsd")) {
            if (in == null) {
                throw new IllegalStateException("agreement.xsd is missing beside " + AgreementSchema.class.getName());
            }
            DocumentBuilderFactory documents = DocumentBuilderFactory.newDefaultInstance();
            documents.setNamespaceAware(true);
            org.w3c.dom.Document document = documents.newDocumentBuilder().parse(in);
            SchemaFactory factory = SchemaFactory.newDefaultInstance();
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            return new AgreementSchema(factory.newSchema(new DOMSource(document)), document.getDocumentElement());
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new IllegalStateException("agreement.xsd cannot be loaded", e);
        }
    }

    private static Content content(Element complexType) {
        Map<String, String> children = new LinkedHashMap<>();
        elements(complexType, "element").forEach(child -> children.put(child.getAttribute("name"), typeOf(child)));
        Map<String, String> attributes = new LinkedHashMap<>();
        elements(complexType, "attribute").forEach(each -> attributes.put(each.getAttribute("name"), typeOf(each)));
        return new Content(mend(complexType), children, attributes);
    }

    private static String value(Element simpleType) {
        List<String> choices = elements(simpleType, "enumeration").stream()
                .map(each -> each.getAttribute("value"))
                .toList();
        return choices.isEmpty() ? mend(simpleType) : "one of " + String.join(", ", choices);
    }

    private static String typeOf(Element declaration) {
        return declaration.getAttribute("type");
    }

    private static String mend(Element type) {
        return elements(type, "appinfo").get(0).getTextContent();
    }

    private static List<Element> elements(Element within, String name) {
        NodeList nodes = within.getElementsByTagNameNS(XMLConstants.W3C_XML_SCHEMA_NS_URI, name);
        List<Element> found = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            if (nodes.item(i) instanceof Element element) {
                found.add(element);
            }
        }
        return found;
    }
}
