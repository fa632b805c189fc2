package io.heliosjdbc.driver.wrapper;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds the interfaces of a vendor's class that a wrapper can have. Stateless. */
final class VendorInterfaces {
    private VendorInterfaces() {}

    /**
     * Every interface of the class and its ancestors that anybody could name, in the order of declaration. Left out are those
     * that are not public or not exported, and those whose methods name a type that is not there: drivers have optional
     * dependencies.
     *
     * @param withheld interfaces that the wrapper must not have, with those that extend them
     */
    static Set<Class<?>> of(Class<?> vendor, List<Class<?>> withheld, WrapperLoader loader) {
        Set<Class<?>> interfaces = new LinkedHashSet<>();
        for (Class<?> type = vendor; type != null; type = type.getSuperclass()) {
            collect(type, interfaces);
        }
        interfaces.removeIf(each -> withheld.stream().anyMatch(none -> none.isAssignableFrom(each))
                || !isVisible(each, loader)
                || !isComplete(each));
        return interfaces;
    }

    private static void collect(Class<?> type, Set<Class<?>> into) {
        for (Class<?> each : type.getInterfaces()) {
            into.add(each);
            collect(each, into);
        }
    }

    private static boolean isVisible(Class<?> type, WrapperLoader loader) {
        return Modifier.isPublic(type.getModifiers())
                && !type.isSealed()
                && type.getModule().isExported(type.getPackageName(), loader.getUnnamedModule())
                && loader.sees(type);
    }

    private static boolean isComplete(Class<?> type) {
        try {
            for (Method method : type.getMethods()) {
                method.getGenericReturnType();
            }
            return true;
        } catch (LinkageError | TypeNotPresentException missing) {
            return false;
        }
    }
}
