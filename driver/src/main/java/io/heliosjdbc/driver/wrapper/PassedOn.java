package io.heliosjdbc.driver.wrapper;

import java.lang.reflect.Method;
import java.util.List;
import java.util.function.Function;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.field.FieldDescription;
import net.bytebuddy.description.field.FieldList;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.method.MethodList;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.implementation.bytecode.StackManipulation;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.OpenedClassReader;

/**
 * Writes methods at the end of a class. Byte Buddy's builder holds each method against every other one that it knows, and a result set
 * has two hundred: most of the time that an application's first statement took. Immutable.
 */
final class PassedOn extends AsmVisitorWrapper.AbstractBase {
    private final List<Method> methods;
    private final Function<Method, StackManipulation> code;

    /**
     * Methods to write.
     *
     * @param methods of interfaces, no two with the same descriptor
     * @param code what one of them does: all of it, in one piece without branches
     */
    PassedOn(List<Method> methods, Function<Method, StackManipulation> code) {
        this.methods = List.copyOf(methods);
        this.code = code;
    }

    @Override
    public ClassVisitor wrap(
            TypeDescription instrumentedType,
            ClassVisitor classVisitor,
            Implementation.Context context,
            TypePool typePool,
            FieldList<FieldDescription.InDefinedShape> fields,
            MethodList<?> declared,
            int writerFlags,
            int readerFlags) {
        return new ClassVisitor(OpenedClassReader.ASM_API, classVisitor) {
            @Override
            public void visitEnd() {
                for (Method each : methods) {
                    write(each, cv, context);
                }
                super.visitEnd();
            }
        };
    }

    private void write(Method method, ClassVisitor into, Implementation.Context context) {
        MethodDescription described = new MethodDescription.ForLoadedMethod(method);
        MethodVisitor visitor = into.visitMethod(
                Opcodes.ACC_PUBLIC,
                method.getName(),
                Type.getMethodDescriptor(method),
                null,
                described.getExceptionTypes().asErasures().toInternalNames());
        visitor.visitCode();
        StackManipulation.Size size = code.apply(method).apply(visitor, context);
        visitor.visitMaxs(size.getMaximalSize(), described.getStackSize());
        visitor.visitEnd();
    }
}
