package io.heliosjdbc.agreements;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that try to reach other files or the network, or to exhaust the memory. */
final class HostileFileTest {
    private static final String REFUSED =
            "the file has a document type declaration (DOCTYPE); remove it: neither DTDs nor entities are read";

    @TempDir
    Path directory;

    private ServerSocketChannel network;
    private String url = "";

    @BeforeEach
    void listen() throws IOException {
        network = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        network.configureBlocking(false);
        url = "http://localhost:" + ((InetSocketAddress) network.getLocalAddress()).getPort() + "/";
    }

    @AfterEach
    void nothingHasReachedTheNetwork() throws IOException {
        try (ServerSocketChannel listening = network) {
            // Whoever connects does so before the reading is over, and waits in the backlog.
            assertThat(listening.accept()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE Agreement SYSTEM '%s'>",
                "<!DOCTYPE Agreement PUBLIC 'public' '%s'>",
                "<!DOCTYPE Agreement [<!ENTITY a SYSTEM '%s'>]>",
                "<!DOCTYPE Agreement [<!ENTITY %% a SYSTEM '%s'> %%a;]>",
                "<!DOCTYPE Agreement [<!NOTATION a SYSTEM '%s'><!ENTITY b SYSTEM '%1$s' NDATA a>]>"
            })
    void externalDefinitionsAreRefusedUnread(String doctype) throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "<!ENTITY shown 'swordfish'>swordfish");

        for (String target : List.of(url, secret.toUri().toString())) {
            String text = "<?xml version='1.0'?><!-- <!DOCTYPE -->\n " + doctype.formatted(target) + "\n"
                    + Fixtures.agreement("&a;", "l", "user='&a;'", "");

            assertThat(Fixtures.faults(text)).containsExactly("text:2:2: " + REFUSED);
        }
    }

    @Test
    void entitiesThatMultiplyAreRefused() {
        StringBuilder laughs = new StringBuilder("<!DOCTYPE Agreement [<!ENTITY l0 'ha'>");
        for (int i = 1; i < 30; i++) {
            laughs.append("<!ENTITY l%d '%s'>".formatted(i, ("&l" + (i - 1) + ";").repeat(10)));
        }

        assertThat(Fixtures.faults(laughs + "]>" + Fixtures.agreement("&l29;", "l", "user='u'", "")))
                .containsExactly("text:1:1: " + REFUSED);
    }

    @Test
    void inclusionsAreUnknownElements() {
        String text = Fixtures.agreement(
                "a", "l", "user='u'", "<i:include xmlns:i='http://www.w3.org/2001/XInclude' href='" + url + "'/>");

        assertThat(Fixtures.faults(text))
                .containsExactly("text:3:12: <Context> has no element <i:include>; put only <ServiceProvider>,"
                        + " <ServiceConsumer> and <ExpirationTime> into it, each at most once, in this order");
    }

    @Test
    void addressesOfSchemasAndStyleSheetsAreIgnored() {
        String text = "<?xml-stylesheet type='text/xsl' href='" + url + "'?>"
                + Fixtures.agreement("a", "l", "user='u'", "")
                        .replace(
                                " id=",
                                " xmlns:s='http://www.w3.org/2001/XMLSchema-instance'"
                                        + " s:schemaLocation='urn:helios:agreement:1 " + url + "'"
                                        + " s:noNamespaceSchemaLocation='" + url + "' id=");

        assertThat(Fixtures.faults(text)).isEmpty();
    }

    @Test
    void deepNestingIsRefusedLikeAnyUnknownElement() {
        int depth = 100_000;

        assertThat(Fixtures.faults("<a>".repeat(depth) + "</a>".repeat(depth)))
                .containsExactly("text:1:1: the root element is <a>;"
                        + " begin the file with <Agreement xmlns=\"urn:helios:agreement:1\" id=\"...\">");
    }
}
