package io.heliosjdbc.driver.wrapper;

import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.dynamic.loading.MultipleParentClassLoader;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.implementation.MethodCall;
import net.bytebuddy.implementation.bytecode.StackManipulation;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import net.bytebuddy.implementation.bytecode.assign.TypeCasting;
import net.bytebuddy.implementation.bytecode.member.MethodInvocation;
import net.bytebuddy.implementation.bytecode.member.MethodReturn;
import net.bytebuddy.implementation.bytecode.member.MethodVariableAccess;
import net.bytebuddy.matcher.ElementMatchers;
import org.jspecify.annotations.Nullable;

/**
 * Generates the wrapper class for a vendor's class: a subclass of one of the hand-written bases that implements every interface
 * of the vendor's class, so that a cast to the vendor's interface holds, and passes every method on that the base does not write
 * out. Stateless.
 *
 * <p>A method whose result may be a JDBC object hands it to {@link JdbcWrapper#adopt} first, so that nothing raw leaks.
 */
final class WrapperClass {
    private static final AtomicLong NUMBER = new AtomicLong();
    private static final List<Class<?>> WRAPPED =
            List.of(Connection.class, Statement.class, ResultSet.class, DatabaseMetaData.class);

    private static final MethodDescription DELEGATE = own("delegate");
    private static final MethodDescription ADOPT = own("adopt", Object.class);

    private WrapperClass() {}

    /**
     * Generates and loads the class.
     *
     * @param base the hand-written part
     * @param vendor the delegate's class
     * @param withheld interfaces that the wrapper must not have, with those that extend them
     */
    static WrapperFactory generate(Class<? extends JdbcWrapper> base, Class<?> vendor, List<Class<?>> withheld) {
        Set<Class<?>> interfaces = interfaces(vendor, withheld);
        ClassLoader parent = parent(base, vendor, interfaces);
        interfaces.removeIf(each -> !sees(parent, each));
        String name = base.getName() + "$" + vendor.getSimpleName() + "$" + NUMBER.incrementAndGet();
        DynamicType.Builder<?> builder = new ByteBuddy()
                .subclass(base)
                .implement(List.copyOf(interfaces))
                .name(name);
        Set<String> written = written(base);
        for (Class<?> each : interfaces) {
            for (Method method : each.getMethods()) {
                if (!Modifier.isStatic(method.getModifiers()) && written.add(signature(method))) {
                    builder = passOn(builder, method);
                }
            }
        }
        return load(builder.make(), base, parent, name);
    }

    private static DynamicType.Builder<?> passOn(DynamicType.Builder<?> builder, Method method) {
        return builder.defineMethod(method.getName(), method.getReturnType(), Visibility.PUBLIC)
                .withParameters(method.getParameterTypes())
                .throwing(method.getExceptionTypes())
                .intercept(Implementation.Simple.of((target, instrumented) -> call(method, instrumented)));
    }

    /** {@code return ((Interface) delegate()).method(arguments)}, or the same handed to {@code adopt} first. */
    private static StackManipulation call(Method method, MethodDescription instrumented) {
        MethodDescription passed = new MethodDescription.ForLoadedMethod(method);
        StackManipulation result = new StackManipulation.Compound(
                MethodVariableAccess.loadThis(),
                MethodInvocation.invoke(DELEGATE),
                TypeCasting.to(TypeDescription.ForLoadedType.of(method.getDeclaringClass())),
                MethodVariableAccess.allArgumentsOf(instrumented),
                MethodInvocation.invoke(passed));
        if (returnsJdbcObject(method)) {
            result = new StackManipulation.Compound(
                    MethodVariableAccess.loadThis(),
                    result,
                    MethodInvocation.invoke(ADOPT),
                    TypeCasting.to(passed.getReturnType()));
        }
        return new StackManipulation.Compound(result, MethodReturn.of(passed.getReturnType()));
    }

    private static boolean returnsJdbcObject(Method method) {
        return method.getName().equals("getObject") || WRAPPED.contains(method.getReturnType());
    }

    private static MethodDescription own(String name, Class<?>... parameters) {
        try {
            return new MethodDescription.ForLoadedMethod(JdbcWrapper.class.getDeclaredMethod(name, parameters));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The methods that the base writes out itself. */
    private static Set<String> written(Class<?> base) {
        Set<String> written = new HashSet<>();
        for (Class<?> type = base; type != null; type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                if (!Modifier.isAbstract(method.getModifiers()) && !Modifier.isPrivate(method.getModifiers())) {
                    written.add(signature(method));
                }
            }
        }
        return written;
    }

    private static String signature(Method method) {
        return method.getName()
                + MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                        .toMethodDescriptorString();
    }

    /** The vendor's interfaces that anybody could name; an interface that another one extends is there by that one. */
    private static Set<Class<?>> interfaces(Class<?> vendor, List<Class<?>> withheld) {
        Set<Class<?>> interfaces = new LinkedHashSet<>();
        for (Class<?> type = vendor; type != null; type = type.getSuperclass()) {
            collect(type, interfaces);
        }
        interfaces.removeIf(each -> withheld.stream().anyMatch(none -> none.isAssignableFrom(each)));
        return interfaces;
    }

    private static void collect(Class<?> type, Set<Class<?>> into) {
        for (Class<?> each : type.getInterfaces()) {
            if (Modifier.isPublic(each.getModifiers())
                    && !each.isSealed()
                    && each.getModule().isExported(each.getPackageName())) {
                into.add(each);
            }
            collect(each, into);
        }
    }

    /** A loader that finds both our base and the vendor's interfaces, as they are here. */
    private static ClassLoader parent(Class<?> base, Class<?> vendor, Set<Class<?>> interfaces) {
        ClassLoader ours = base.getClassLoader();
        ClassLoader theirs = vendor.getClassLoader();
        if (theirs == null || interfaces.stream().allMatch(each -> sees(ours, each))) {
            return ours;
        }
        return sees(theirs, base)
                ? theirs
                : new MultipleParentClassLoader.Builder().append(ours, theirs).build();
    }

    private static boolean sees(@Nullable ClassLoader loader, Class<?> type) {
        try {
            return Class.forName(type.getName(), false, loader) == type;
        } catch (ClassNotFoundException | LinkageError notThere) {
            return false;
        }
    }

    private static WrapperFactory load(
            DynamicType.Unloaded<?> wrapper, Class<? extends JdbcWrapper> base, ClassLoader parent, String name) {
        Constructor<?> constructor = base.getDeclaredConstructors()[0];
        DynamicType.Unloaded<?> factory = new ByteBuddy()
                .subclass(Object.class)
                .implement(WrapperFactory.class)
                .name(name + "Factory")
                .method(ElementMatchers.named("create"))
                .intercept(MethodCall.construct(wrapper.getTypeDescription()
                                .getDeclaredMethods()
                                .filter(ElementMatchers.isConstructor())
                                .getOnly())
                        .withArgument(arguments(constructor))
                        .withAssigner(Assigner.DEFAULT, Assigner.Typing.DYNAMIC))
                .make();
        try {
            Class<?> loaded = factory.include(wrapper)
                    .load(parent, ClassLoadingStrategy.Default.WRAPPER)
                    .getLoaded();
            Module home = base.getModule();
            if (home.isNamed()) {
                home.addExports(base.getPackageName(), loaded.getModule());
            }
            return (WrapperFactory) loaded.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no wrapper for " + name, e);
        }
    }

    private static int[] arguments(Constructor<?> constructor) {
        int[] arguments = new int[constructor.getParameterCount()];
        Arrays.setAll(arguments, index -> index);
        return arguments;
    }
}
