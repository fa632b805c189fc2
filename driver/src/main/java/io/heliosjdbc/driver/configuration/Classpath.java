package io.heliosjdbc.driver.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import org.jspecify.annotations.Nullable;

/** Finds resources by the application's class loader, then by our own. */
final class Classpath {
    /** What marks a name as a resource's. */
    static final String PREFIX = "classpath:";

    private Classpath() {}

    /** A resource's content, or null where there is no such resource. */
    static byte @Nullable [] read(String name) throws IOException {
        String plain = name.startsWith("/") ? name.substring(1) : name;
        URL resource = null;
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        if (context != null) {
            resource = context.getResource(plain);
        }
        ClassLoader own = Classpath.class.getClassLoader();
        if (resource == null && own != null) {
            resource = own.getResource(plain);
        }
        if (resource == null) {
            return null;
        }
        URLConnection connection = resource.openConnection();
        // A cached jar file stays open when the application is gone.
        connection.setUseCaches(false);
        try (InputStream content = connection.getInputStream()) {
            return content.readAllBytes();
        }
    }
}
