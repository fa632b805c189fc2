package io.heliosjdbc.driver.wrapper;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.scaffold.MethodGraph;
import net.bytebuddy.dynamic.scaffold.subclass.ConstructorStrategy;
import net.bytebuddy.implementation.MethodCall;
import net.bytebuddy.implementation.bytecode.StackManipulation;
import net.bytebuddy.implementation.bytecode.Throw;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import net.bytebuddy.implementation.bytecode.assign.TypeCasting;
import net.bytebuddy.implementation.bytecode.constant.NullConstant;
import net.bytebuddy.implementation.bytecode.member.MethodInvocation;
import net.bytebuddy.implementation.bytecode.member.MethodReturn;
import net.bytebuddy.implementation.bytecode.member.MethodVariableAccess;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.matcher.ElementMatchers;
import org.jspecify.annotations.Nullable;

/**
 * Generates the wrapper class for a vendor's class: a subclass of one of the hand-written bases that implements every interface
 * of the vendor's class, so that a cast to the vendor's interface holds, and passes every method on that the base does not write
 * out. One thread uses it, once.
 *
 * <p>A method whose result may be a JDBC object hands it to {@link JdbcWrapper} first, so that nothing raw leaks. A result that
 * is declared as a class, not as an interface, can only be the vendor's own.
 */
final class WrapperClass {
    /** A package of their own, for a class is looked for in its package's module first. */
    private static final String PACKAGE = "io.heliosjdbc.generated.";

    private static final List<Class<?>> WRAPPED =
            List.of(Connection.class, Statement.class, ResultSet.class, DatabaseMetaData.class);

    private static final MethodDescription ADOPT = method(JdbcWrapper.class, "adopt", Object.class);
    private static final MethodDescription ADOPT_PREPARED =
            method(JdbcWrapper.class, "adoptPrepared", Object.class, String.class);
    private static final MethodDescription ADOPT_CALLABLE =
            method(JdbcWrapper.class, "adoptCallable", Object.class, String.class);
    private static final MethodDescription VENDORS = method(JdbcWrapper.class, "vendors");
    private static final MethodDescription TRANSACTION_ENDED = method(ConnectionWrapper.class, "transactionEnded");
    private static final MethodDescription SETS_PARAMETER = method(AdminStatementWrapper.class, "setsParameter");
    private static final MethodDescription UNSUPPORTED = method(AdminStatementWrapper.class, "unsupported");

    private final Class<? extends JdbcWrapper> base;
    private final Class<?> vendor;
    private final List<Class<?>> withheld;
    /** What a stand-in of ours answers by itself, by signature; null where the delegate is the vendor's object. */
    private final @Nullable Map<String, Method> standIns;

    private final WrapperLoader loader;
    private final MethodDescription delegate;
    /** Where methods were found that hidden interfaces declare: a visible one has each. */
    private final Map<Method, Class<?>> foundIn = new HashMap<>();

    private WrapperClass(
            Class<? extends JdbcWrapper> base, Class<?> vendor, List<Class<?>> withheld, @Nullable Class<?> standIn) {
        this.base = base;
        this.vendor = vendor;
        this.withheld = withheld;
        this.standIns = standIn == null ? null : bySignature(standIn);
        this.loader = new WrapperLoader(vendor);
        this.delegate = accessor(base);
    }

    /**
     * Generates and loads the class.
     *
     * @param base the hand-written part
     * @param vendor the delegate's class
     * @param withheld interfaces that the wrapper has from its base alone, with those that extend them
     * @param standIn the JDBC interface of the stand-ins that are the delegates in place of the vendor's objects; null where there
     *     are none
     */
    static WrapperFactory generate(
            Class<? extends JdbcWrapper> base, Class<?> vendor, List<Class<?>> withheld, @Nullable Class<?> standIn) {
        try {
            return new WrapperClass(base, vendor, withheld, standIn).load();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no wrapper for " + vendor.getName(), e);
        }
    }

    private WrapperFactory load() throws ReflectiveOperationException {
        Constructor<?> constructor = base.getDeclaredConstructors()[0];
        Set<Class<?>> ours = new HashSet<>(List.of(constructor.getParameterTypes()));
        ours.add(base);
        loader.mayUse(ours);
        DynamicType.Unloaded<?> wrapper = wrapper();
        define(wrapper);
        return (WrapperFactory) define(factory(wrapper.getTypeDescription(), constructor.getParameterCount()))
                .getConstructor(Class.class)
                .newInstance(vendor);
    }

    private Class<?> define(DynamicType.Unloaded<?> type) {
        return loader.define(type.getTypeDescription().getName(), type.getBytes());
    }

    private DynamicType.Unloaded<?> wrapper() {
        Set<Class<?>> interfaces = VendorInterfaces.of(vendor, withheld, loader);
        // Every method is written out here: bridges of Byte Buddy's own would override what the base has made final.
        DynamicType.Builder<?> builder = byteBuddy()
                .with(MethodGraph.Compiler.ForDeclaredMethods.INSTANCE)
                .subclass(base, ConstructorStrategy.Default.IMITATE_SUPER_CLASS_OPENING)
                .implement(List.copyOf(interfaces))
                .name(PACKAGE + vendor.getSimpleName().replaceAll("\\W", "") + base.getSimpleName());
        Set<Class<?>> all = new LinkedHashSet<>(interfaces);
        Set<String> written = new HashSet<>();
        for (Class<?> type = base; type != null; type = type.getSuperclass()) {
            all.addAll(List.of(type.getInterfaces()));
            for (Method method : type.getDeclaredMethods()) {
                if (!Modifier.isAbstract(method.getModifiers()) && !Modifier.isPrivate(method.getModifiers())) {
                    written.add(signature(method));
                }
            }
        }
        List<Method> passedOn = new ArrayList<>();
        for (Class<?> each : all) {
            for (Method method : each.getMethods()) {
                if (!Modifier.isStatic(method.getModifiers()) && written.add(signature(method))) {
                    passedOn.add(method);
                    if (!all.contains(method.getDeclaringClass())) {
                        foundIn.put(method, each);
                    }
                }
            }
        }
        return builder.visit(new PassedOn(passedOn, this::code)).make();
    }

    /** What a method does that the base does not write out. */
    private StackManipulation code(Method method) {
        return isDelegates(method) ? call(method) : withoutDelegate(method);
    }

    /** Whether the vendor's object has the method, as what it is used for: a plain statement has nothing of a prepared one. */
    private boolean isDelegates(Method method) {
        Class<?> declaring = method.getDeclaringClass();
        return declaring.isAssignableFrom(vendor)
                && withheld.stream().noneMatch(none -> none.isAssignableFrom(declaring));
    }

    private static Map<String, Method> bySignature(Class<?> type) {
        Map<String, Method> methods = new HashMap<>();
        for (Method method : type.getMethods()) {
            methods.put(signature(method), method);
        }
        return methods;
    }

    /** What the vendor's object does not have. */
    private static StackManipulation withoutDelegate(Method method) {
        boolean setsParameter = method.getName().startsWith("set")
                && method.getReturnType() == void.class
                && method.getDeclaringClass().isAssignableFrom(CallableStatement.class);
        if (setsParameter) {
            return new StackManipulation.Compound(
                    MethodVariableAccess.loadThis(), MethodInvocation.invoke(SETS_PARAMETER), MethodReturn.VOID);
        }
        return new StackManipulation.Compound(MethodInvocation.invoke(UNSUPPORTED), Throw.INSTANCE);
    }

    /**
     * {@code return ((Interface) delegate()).method(arguments)}, or the same handed to {@code adopt} first; {@code vendors()} for what
     * a stand-in does not know.
     */
    private StackManipulation call(Method method) {
        MethodDescription written = new MethodDescription.ForLoadedMethod(method);
        Method standIns = this.standIns == null ? method : this.standIns.get(signature(method));
        Method target = standIns == null ? method : standIns;
        MethodDescription source = standIns == null ? VENDORS : delegate;
        MethodDescription passed = new MethodDescription.ForLoadedMethod(target);
        TypeDescription type = TypeDescription.ForLoadedType.of(
                Objects.requireNonNull(foundIn.getOrDefault(target, target.getDeclaringClass())));
        StackManipulation result = new StackManipulation.Compound(
                MethodVariableAccess.loadThis(),
                MethodInvocation.invoke(source),
                source.getReturnType().asErasure().isAssignableTo(type)
                        ? StackManipulation.Trivial.INSTANCE
                        : TypeCasting.to(type),
                MethodVariableAccess.allArgumentsOf(written),
                MethodInvocation.invoke(passed).virtual(type));
        return new StackManipulation.Compound(
                adopted(method, written, result),
                endsTransaction(method)
                        ? new StackManipulation.Compound(
                                MethodVariableAccess.loadThis(), MethodInvocation.invoke(TRANSACTION_ENDED))
                        : StackManipulation.Trivial.INSTANCE,
                MethodReturn.of(passed.getReturnType()));
    }

    /** Whether it is a commit or a rollback of the vendor's own, such as Oracle's with options; back to a savepoint ends nothing. */
    private boolean endsTransaction(Method method) {
        return base == ConnectionWrapper.class
                && (method.getName().equals("commit") || method.getName().equals("rollback"))
                && Arrays.stream(method.getParameterTypes()).noneMatch(Savepoint.class::isAssignableFrom);
    }

    private static StackManipulation adopted(Method method, MethodDescription written, StackManipulation result) {
        Class<?> type = method.getReturnType();
        if (type.isInterface() && PreparedStatement.class.isAssignableFrom(type)) {
            boolean tellsText = method.getParameterCount() > 0 && method.getParameterTypes()[0] == String.class;
            return new StackManipulation.Compound(
                    MethodVariableAccess.loadThis(),
                    result,
                    tellsText
                            ? MethodVariableAccess.load(written.getParameters().get(0))
                            : NullConstant.INSTANCE,
                    MethodInvocation.invoke(
                            CallableStatement.class.isAssignableFrom(type) ? ADOPT_CALLABLE : ADOPT_PREPARED),
                    TypeCasting.to(TypeDescription.ForLoadedType.of(type)));
        }
        boolean mayBeResultSet = method.getName().equals("getObject") && type == Object.class;
        if (!mayBeResultSet
                && !(type.isInterface() && WRAPPED.stream().anyMatch(each -> each.isAssignableFrom(type)))) {
            return result;
        }
        return new StackManipulation.Compound(
                MethodVariableAccess.loadThis(),
                result,
                MethodInvocation.invoke(ADOPT),
                TypeCasting.to(TypeDescription.ForLoadedType.of(type)));
    }

    private static DynamicType.Unloaded<?> factory(TypeDescription wrapper, int parameters) {
        int[] arguments = new int[parameters];
        Arrays.setAll(arguments, index -> index);
        return byteBuddy()
                .subclass(WrapperFactory.class, ConstructorStrategy.Default.IMITATE_SUPER_CLASS_OPENING)
                .name(wrapper.getName() + "Factory")
                .method(ElementMatchers.named("create"))
                .intercept(MethodCall.construct(wrapper.getDeclaredMethods()
                                .filter(ElementMatchers.isConstructor())
                                .getOnly())
                        .withArgument(arguments)
                        .withAssigner(Assigner.DEFAULT, Assigner.Typing.DYNAMIC))
                .make();
    }

    private static ByteBuddy byteBuddy() {
        return new ByteBuddy(ClassFileVersion.JAVA_V17);
    }

    private static MethodDescription accessor(Class<?> base) {
        for (Class<?> type = base; type != null; type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.getName().equals("delegate") && !method.isBridge()) {
                    return new MethodDescription.ForLoadedMethod(method);
                }
            }
        }
        throw new IllegalStateException(base.getName() + " has no delegate()");
    }

    private static MethodDescription method(Class<?> type, String name, Class<?>... parameters) {
        try {
            return new MethodDescription.ForLoadedMethod(type.getDeclaredMethod(name, parameters));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String signature(Method method) {
        return method.getName() + Type.getMethodDescriptor(method);
    }
}
