package io.heliosjdbc.driver.wrapper;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import java.sql.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

/** Which of a vendor's interfaces a wrapper leaves out: none could be implemented, and no wrapper would be made at all. */
class VendorInterfacesTest {
    /** Public, but another one for Helios where the vendor's loader has a copy of it. */
    public interface Doubled {}

    private static Set<Class<?>> of(Class<?> vendor) {
        return VendorInterfaces.of(vendor, List.of(), new WrapperLoader(vendor));
    }

    @Test
    void oneWhoseNameMeansAnotherClassWhereTheWrapperLives() throws Exception {
        URL here =
                VendorInterfacesTest.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader vendors = new URLClassLoader(new URL[] {here}, ClassLoader.getPlatformClassLoader())) {
            Class<?> copy = vendors.loadClass(Doubled.class.getName());
            assertThat(copy).isNotSameAs(Doubled.class);
            Object vendor = Proxy.newProxyInstance(
                    vendors, new Class<?>[] {Connection.class, copy}, (proxy, method, arguments) -> null);
            assertThat(of(vendor.getClass())).contains(Connection.class).doesNotContain(copy);
        }
    }

    @Test
    void onesThatTheirModuleKeepsToItself() throws Exception {
        try (SocketChannel vendor = SocketChannel.open()) {
            Class<?> hidden = Class.forName("sun.nio.ch.SelChImpl");
            assertThat(hidden).isPublic().isAssignableFrom(vendor.getClass());
            assertThat(of(vendor.getClass())).contains(ByteChannel.class).doesNotContain(hidden);
        }
    }

    /** Drivers have optional dependencies. */
    @Test
    void onesWhoseMethodsNameATypeThatIsNotThere() throws Exception {
        ClassWriter incomplete = new ClassWriter(0);
        incomplete.visit(
                Opcodes.V17,
                Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT | Opcodes.ACC_INTERFACE,
                "vendors/Incomplete",
                null,
                "java/lang/Object",
                null);
        incomplete
                .visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT, "missing", "()Lvendors/Missing;", null, null)
                .visitEnd();
        ClassWriter vendor = new ClassWriter(0);
        vendor.visit(
                Opcodes.V17,
                Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT,
                "vendors/Vendor",
                null,
                "java/lang/Object",
                new String[] {"vendors/Incomplete", "java/lang/Runnable"});
        ClassLoader loader = new Bytes(
                Map.of("vendors.Incomplete", incomplete.toByteArray(), "vendors.Vendor", vendor.toByteArray()));
        assertThat(of(loader.loadClass("vendors.Vendor"))).containsExactly(Runnable.class);
    }

    /** Knows some classes. */
    private static final class Bytes extends ClassLoader {
        private final Map<String, byte[]> classes;

        Bytes(Map<String, byte[]> classes) {
            this.classes = new HashMap<>(classes);
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = classes.get(name);
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }
}
