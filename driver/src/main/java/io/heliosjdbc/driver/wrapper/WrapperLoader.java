package io.heliosjdbc.driver.wrapper;

import java.util.Set;

/**
 * The home of one generated wrapper and its factory. It sees the world as the vendor's class does, so that the vendor's
 * interfaces are the very ones that the application casts to, however many copies of the vendor's driver there are. Our own
 * classes it takes from us, whether the vendor's loader knows any or not. Thread-safe.
 */
final class WrapperLoader extends ClassLoader {
    private static final String OURS = "io.heliosjdbc.";

    static {
        registerAsParallelCapable();
    }

    WrapperLoader(Class<?> vendor) {
        super("helios", home(vendor));
    }

    private static ClassLoader home(Class<?> vendor) {
        ClassLoader loader = vendor.getClassLoader();
        return loader == null ? ClassLoader.getPlatformClassLoader() : loader;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith(OURS) && findLoadedClass(name) == null) {
            try {
                return Class.forName(name, false, WrapperLoader.class.getClassLoader());
            } catch (ClassNotFoundException notOurs) {
                return super.loadClass(name, resolve);
            }
        }
        return super.loadClass(name, resolve);
    }

    /** Whether a class that lives here can name the type, and means this one by its name. */
    boolean sees(Class<?> type) {
        try {
            return Class.forName(type.getName(), false, this) == type;
        } catch (ClassNotFoundException | LinkageError notThere) {
            return false;
        }
    }

    /** Opens packages to what lives here, where Helios is a named module. */
    void mayUse(Set<Class<?>> ours) {
        Module home = WrapperLoader.class.getModule();
        if (home.isNamed()) {
            for (Class<?> type : ours) {
                if (type.getModule() == home) {
                    home.addExports(type.getPackageName(), getUnnamedModule());
                }
            }
        }
    }

    Class<?> define(String name, byte[] bytes) {
        return defineClass(name, bytes, 0, bytes.length);
    }
}
