package io.heliosjdbc.agreements;

import io.heliosjdbc.agreements.xml.AgreementType;
import io.heliosjdbc.agreements.xml.ObjectFactory;
import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBContextFactory;
import jakarta.xml.bind.JAXBElement;
import jakarta.xml.bind.JAXBException;
import jakarta.xml.bind.Unmarshaller;
import jakarta.xml.bind.UnmarshallerHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.validation.ValidatorHandler;
import org.jspecify.annotations.Nullable;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;

/** Parses, validates and binds one file, with the place of everything in it. Stateless. */
final class DocumentReader {
    private static final String FEATURES = "http://apache.org/xml/features/";
    private static final String LOCALE = "http://apache.org/xml/properties/locale";

    private DocumentReader() {}

    /** The binding, made on first use. */
    private static final class Binding {
        static final JAXBContext CONTEXT = create();

        /**
         * The provider is looked for where this class comes from: the thread's class loader may be that of an application
         * which cannot see it.
         */
        private static JAXBContext create() {
            try {
                return ServiceLoader.load(JAXBContextFactory.class, DocumentReader.class.getClassLoader())
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException(
                                "no JAXB runtime: put org.glassfish.jaxb:jaxb-runtime beside helios-agreements"))
                        .createContext(new Class<?>[] {ObjectFactory.class}, Map.of());
            } catch (JAXBException e) {
                throw new IllegalStateException("JAXB cannot bind the agreement's classes", e);
            }
        }
    }

    static Document read(String file, byte[] bytes) {
        if (isBlank(bytes)) {
            return Document.unread(
                    Place.wholeFile(file).fault("the file is empty", "write an <Agreement> into it, or leave it out"));
        }
        try {
            return parse(file, bytes);
        } catch (ParserConfigurationException | JAXBException e) {
            throw new IllegalStateException("the JDK's XML parser cannot be set up", e);
        }
    }

    private static Document parse(String file, byte[] bytes) throws ParserConfigurationException, JAXBException {
        IdentityHashMap<Object, StartTag> tags = new IdentityHashMap<>();
        Unmarshaller unmarshaller = Binding.CONTEXT.createUnmarshaller();
        // The validator before it has already said what is wrong, and better.
        unmarshaller.setEventHandler(event -> true);
        UnmarshallerHandler binding = unmarshaller.getUnmarshallerHandler();
        DocumentHandler handler;
        try {
            handler = new DocumentHandler(parser(), file, bytes);
            ValidatorHandler validator = AgreementSchema.INSTANCE.schema().newValidatorHandler();
            validator.setProperty(LOCALE, Locale.ROOT);
            validator.setErrorHandler(handler);
            validator.setContentHandler(handler.sieve(binding));
            handler.setContentHandler(validator);
            handler.setErrorHandler(handler);
        } catch (SAXException e) {
            throw new IllegalStateException("the JDK's XML parser lacks a feature", e);
        }
        unmarshaller.setListener(new Unmarshaller.Listener() {
            @Override
            public void beforeUnmarshal(Object target, @Nullable Object parent) {
                tags.put(target, handler.current());
            }
        });
        try {
            handler.parse(new InputSource(new ByteArrayInputStream(bytes)));
        } catch (SAXException e) {
            return broken(handler, notRead(Place.wholeFile(file), e));
        } catch (IOException e) {
            handler.undecodable(e);
            return broken(handler, notRead(Place.wholeFile(file), e));
        }
        AgreementType content = content(binding);
        List<Fault> faults = handler.faults();
        if (faults.isEmpty() && (content == null || !handler.unsound().isEmpty())) {
            // The validator has refused something in a message that was taken for the first half of another one.
            faults = List.of(
                    Place.wholeFile(file).fault("the schema refuses the file", "compare it with agreement.xsd"));
        }
        return new Document(content, tags, handler.unsound(), handler.structureKnown(), faults);
    }

    private static @Nullable AgreementType content(UnmarshallerHandler binding) throws JAXBException {
        // The result has no content, not even a null one, where the root element was unknown.
        Object result;
        try {
            result = binding.getResult();
        } catch (IllegalStateException e) {
            return null;
        }
        return result instanceof JAXBElement<?> element && element.getValue() instanceof AgreementType agreement
                ? agreement
                : null;
    }

    private static Document broken(DocumentHandler handler, Fault otherwise) {
        List<Fault> faults = handler.faults();
        return new Document(
                null,
                new IdentityHashMap<>(),
                handler.unsound(),
                false,
                faults.isEmpty() ? List.of(otherwise) : faults);
    }

    private static XMLReader parser() throws ParserConfigurationException, SAXException {
        SAXParserFactory factory = SAXParserFactory.newDefaultInstance();
        factory.setNamespaceAware(true);
        factory.setXIncludeAware(false);
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature(FEATURES + "disallow-doctype-decl", true);
        factory.setFeature(FEATURES + "nonvalidating/load-external-dtd", false);
        factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
        factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
        javax.xml.parsers.SAXParser parser = factory.newSAXParser();
        parser.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        parser.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        parser.setProperty(LOCALE, Locale.ROOT);
        return parser.getXMLReader();
    }

    private static Fault notRead(Place place, Exception e) {
        return place.fault(
                "the file cannot be parsed: " + SchemaMessages.withoutStop(String.valueOf(e.getMessage())),
                "compare it with agreement.xsd");
    }

    private static boolean isBlank(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1)
                .replaceFirst("^\u00EF\u00BB\u00BF", "")
                .isBlank();
    }
}
