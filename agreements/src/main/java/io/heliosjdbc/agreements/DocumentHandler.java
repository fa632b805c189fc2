package io.heliosjdbc.agreements;

import java.io.UnsupportedEncodingException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.ContentHandler;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.XMLReader;
import org.xml.sax.ext.Locator2;
import org.xml.sax.helpers.AttributesImpl;
import org.xml.sax.helpers.XMLFilterImpl;

/**
 * Stands between the parser and the schema validator: knows the place of each element, collects what either of them finds
 * wrong, and keeps unknown elements from the validator, which would stop looking at their siblings. Not thread-safe.
 */
final class DocumentHandler extends XMLFilterImpl {
    private final String file;
    private final byte[] bytes;
    private final Deque<OpenElement> open = new ArrayDeque<>();
    private final List<Fault> faults = new ArrayList<>();
    private final Set<StartTag> unsound = new HashSet<>();
    private final Set<String> refusedAttributes = new HashSet<>();
    private @Nullable SourceText text;
    private @Nullable Locator locator;
    private int unknownDepth;
    private boolean structureKnown = true;

    DocumentHandler(XMLReader parser, String file, byte[] bytes) {
        super(parser);
        this.file = file;
        this.bytes = bytes;
    }

    List<Fault> faults() {
        return List.copyOf(faults);
    }

    Set<StartTag> unsound() {
        return Set.copyOf(unsound);
    }

    boolean structureKnown() {
        return structureKnown;
    }

    /** The start tag of the element that is being read. */
    StartTag current() {
        return open.getFirst().tag();
    }

    /** The text, decoded as the parser decodes it. */
    SourceText text() {
        SourceText known = text;
        if (known == null) {
            known = new SourceText(
                    file, charset().decode(ByteBuffer.wrap(bytes)).toString());
            text = known;
        }
        return known;
    }

    /**
     * What stands between the validator and the binding: it passes everything on but the attributes whose values the
     * validator has refused, some of which JAXB meets with an exception that ends the reading.
     */
    XMLFilterImpl sieve(ContentHandler binding) {
        XMLFilterImpl sieve = new XMLFilterImpl() {
            @Override
            public void startElement(String uri, String localName, String qName, Attributes attributes)
                    throws SAXException {
                AttributesImpl sound = new AttributesImpl(attributes);
                for (String refused : refusedAttributes) {
                    sound.removeAttribute(sound.getIndex(refused));
                }
                super.startElement(uri, localName, qName, sound);
            }
        };
        sieve.setContentHandler(binding);
        return sieve;
    }

    @Override
    public void setDocumentLocator(Locator locator) {
        this.locator = locator;
        super.setDocumentLocator(locator);
    }

    /** Neither prefixes nor their scopes matter: no value in the format is a qualified name. */
    @Override
    public void startPrefixMapping(String prefix, String uri) {}

    @Override
    public void endPrefixMapping(String prefix) {}

    @Override
    public void startElement(String uri, String localName, String qName, Attributes attributes) throws SAXException {
        StartTag tag = text().next();
        if (unknownDepth > 0) {
            unknownDepth++;
            return;
        }
        OpenElement parent = open.peekFirst();
        String type = typeOf(localName, parent);
        if (type == null || !uri.equals(AgreementSchema.NAMESPACE)) {
            unknownDepth = 1;
            structureKnown = false;
            if (parent != null) {
                unsound.add(parent.tag());
            }
            faults.add(type == null ? unknown(qName, tag, parent) : foreign(qName, tag));
            return;
        }
        refusedAttributes.clear();
        open.addFirst(OpenElement.of(localName, type, tag, attributes));
        super.startElement(uri, localName, qName, attributes);
    }

    @Override
    public void endElement(String uri, String localName, String qName) throws SAXException {
        if (unknownDepth > 0) {
            unknownDepth--;
            return;
        }
        super.endElement(uri, localName, qName);
        open.removeFirst();
    }

    @Override
    public void characters(char[] characters, int start, int length) throws SAXException {
        if (unknownDepth == 0) {
            super.characters(characters, start, length);
        }
    }

    /** A fault that the validator found. */
    @Override
    public void error(SAXParseException e) {
        String message = String.valueOf(e.getMessage());
        unsound.add(current());
        if (SchemaMessages.isFollowed(message)) {
            return;
        }
        String refused = SchemaMessages.refusedAttribute(message);
        if (refused != null) {
            refusedAttributes.add(refused);
        }
        structureKnown &= !SchemaMessages.isAboutStructure(message);
        OpenElement element = open.removeFirst();
        faults.add(SchemaMessages.translate(message, element, open.peekFirst()));
        open.addFirst(element);
    }

    /** The parser cannot go on. */
    @Override
    public void fatalError(SAXParseException e) throws SAXException {
        String message = String.valueOf(e.getMessage());
        Place doctype = open.isEmpty() ? text().doctype() : null;
        if (doctype != null) {
            faults.add(doctype.fault(
                    "the file has a document type declaration (DOCTYPE)",
                    "remove it: neither DTDs nor entities are read"));
        } else if (message.startsWith("Invalid byte")) {
            undecodable(e);
        } else {
            faults.add(new Place(file, Math.max(0, e.getLineNumber()), Math.max(0, e.getColumnNumber()))
                    .fault(
                            "the file is not well-formed XML: " + SchemaMessages.withoutStop(message),
                            "correct the markup here"));
        }
        throw e;
    }

    /** The bytes are not text; in UTF-8 the place can be told. */
    void undecodable(Exception e) {
        if (e instanceof UnsupportedEncodingException) {
            // Only the XML declaration names an encoding, and it stands nowhere but at the beginning.
            faults.add(new Place(file, 1, 1)
                    .fault(
                            "the encoding " + SchemaMessages.quoted(String.valueOf(e.getMessage())) + " is unknown",
                            "save the file as UTF-8, and say so in the XML declaration"));
            return;
        }
        CharBuffer decoded = CharBuffer.allocate(bytes.length);
        boolean malformed = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes), decoded, true)
                .isError();
        Place place = malformed ? new SourceText(file, decoded.flip().toString()).end() : Place.wholeFile(file);
        faults.add(place.fault(
                "the file cannot be decoded: " + SchemaMessages.withoutStop(String.valueOf(e.getMessage())),
                "save it as UTF-8, or name its encoding in the XML declaration"));
    }

    /** Nothing outside the file is ever opened. */
    @Override
    public InputSource resolveEntity(@Nullable String publicId, String systemId) throws SAXException {
        throw new SAXException("external entity " + systemId);
    }

    private static @Nullable String typeOf(String name, @Nullable OpenElement parent) {
        if (parent != null) {
            return parent.content().children().get(name);
        }
        return name.equals(AgreementSchema.ROOT) ? AgreementSchema.INSTANCE.rootType() : null;
    }

    private static Fault unknown(String name, StartTag tag, @Nullable OpenElement parent) {
        return parent == null
                ? tag.place()
                        .fault(
                                "the root element is <" + name + ">",
                                "begin the file with <Agreement xmlns=\"" + AgreementSchema.NAMESPACE
                                        + "\" id=\"...\">")
                : tag.place()
                        .fault(
                                "<" + parent.name() + "> has no element <" + name + ">",
                                parent.content().mend());
    }

    private static Fault foreign(String name, StartTag tag) {
        return tag.place()
                .fault(
                        "<" + name + "> is not in the namespace " + AgreementSchema.NAMESPACE,
                        "write xmlns=\"" + AgreementSchema.NAMESPACE + "\" on <Agreement> and no other xmlns below it");
    }

    private Charset charset() {
        String name = locator instanceof Locator2 precise ? precise.getEncoding() : null;
        try {
            return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.UTF_8;
        }
    }
}
