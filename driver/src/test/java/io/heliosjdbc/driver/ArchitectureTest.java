package io.heliosjdbc.driver;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may know whom: the table of {@code docs/architecture.md}, enforced. */
class ArchitectureTest {
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.heliosjdbc");

    /** Each line: a room of the classifier, then those it may know. */
    private static final List<String> ROOMS_OF_THE_CLASSIFIER = List.of(
            "tokens",
            "hints",
            "statement",
            "learned",
            "criteria statement",
            "reading tokens hints statement",
            "shape tokens statement reading learned",
            "command tokens statement reading shape learned");

    /** Each line: a module, then those it may know. */
    @ParameterizedTest
    @ValueSource(strings = {"agreements", "slo agreements", "scheduler slo agreements", "classifier agreements"})
    void aModuleKnowsOnlyThoseBelowIt(String line) {
        firstKnowsOnlyTheOthers(line, "io.heliosjdbc.", "..");
    }

    private static void firstKnowsOnlyTheOthers(String line, String above, String within) {
        String[] packages = Arrays.stream(line.split(" ", -1))
                .map(name -> above + name + within)
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(packages[0])
                .should()
                .dependOnClassesThat(resideInAPackage(above + ".").and(not(resideInAnyPackage(packages))))
                .check(HOUSE);
    }

    @ParameterizedTest
    @FieldSource("ROOMS_OF_THE_CLASSIFIER")
    void aRoomOfTheClassifierKnowsOnlyThoseBelowIt(String line) {
        firstKnowsOnlyTheOthers(line, "io.heliosjdbc.classifier.", "");
    }

    /** The classifier itself stands above all of them but its command. */
    @Test
    void everyRoomOfTheClassifierHasItsLine() {
        Set<String> rooms = new TreeSet<>(Set.of("io.heliosjdbc.classifier"));
        ROOMS_OF_THE_CLASSIFIER.forEach(line -> rooms.add("io.heliosjdbc.classifier." + line.split(" ", -1)[0]));

        assertThat(HOUSE.stream()
                        .map(JavaClass::getPackageName)
                        .filter(name -> name.startsWith("io.heliosjdbc.classifier"))
                        .collect(Collectors.toSet()))
                .isEqualTo(rooms);
    }

    @Test
    void packagesOfTheDriverHaveNoCycles() {
        slices().matching("io.heliosjdbc.driver.(*)..")
                .should()
                .beFreeOfCycles()
                .check(HOUSE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "net.bytebuddy.. io.heliosjdbc.driver.wrapper..",
                "org.tomlj.. io.heliosjdbc.driver.configuration..",
                "io.micrometer.. io.heliosjdbc.driver.metrics..",
                "com.github.benmanes.caffeine.. io.heliosjdbc.classifier..",
                "jakarta.xml.bind.. io.heliosjdbc.agreements..",
                "io.heliosjdbc.agreements.xml.. io.heliosjdbc.agreements..",
                "io.heliosjdbc.classifier.command io.heliosjdbc.classifier.command"
            })
    void aLibraryIsKnownInOneRoomOnly(String line) {
        String[] libraryAndRoom = line.split(" ", -1);
        noClasses()
                .that()
                .resideOutsideOfPackage(libraryAndRoom[1])
                .should()
                .dependOnClassesThat()
                .resideInAPackage(libraryAndRoom[0])
                .check(HOUSE);
    }

    @Test
    void booksAndCoreReadNoClock() {
        noClasses()
                .that()
                .resideInAPackage("io.heliosjdbc.slo..")
                .or()
                .haveSimpleName("SchedulerCore")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .check(HOUSE);
    }

    /** What is read by machines must not have a Turkish letter or an Arabic digit in it. */
    @Test
    void textsDoNotDependOnTheLocale() {
        noClasses()
                .should()
                .callMethod(String.class, "format", String.class, Object[].class)
                .orShould()
                .callMethod(String.class, "formatted", Object[].class)
                .orShould()
                .callMethod(String.class, "toLowerCase")
                .orShould()
                .callMethod(String.class, "toUpperCase")
                .orShould()
                .callMethod(PrintStream.class, "printf", String.class, Object[].class)
                .orShould()
                .callMethod(PrintStream.class, "format", String.class, Object[].class)
                .check(HOUSE);
    }

    /** What a thread inherits is that of the application that happened to be first, and may outlast it. */
    @Test
    void threadsInheritNothing() {
        noClasses()
                .should()
                .callConstructor(Thread.class)
                .orShould()
                .callConstructor(Thread.class, Runnable.class)
                .orShould()
                .callConstructor(Thread.class, String.class)
                .orShould()
                .callConstructor(Thread.class, Runnable.class, String.class)
                .orShould()
                .callMethod(Executors.class, "defaultThreadFactory")
                .check(HOUSE);
    }

    @Test
    void noMethodIsSynchronized() {
        methods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage("io.heliosjdbc..")
                .should()
                .notHaveModifier(JavaModifier.SYNCHRONIZED)
                .because("a virtual thread that waits inside would pin its carrier")
                .check(HOUSE);
    }

    @Test
    void nothingIsFinalized() {
        noMethods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage("io.heliosjdbc..")
                .should()
                .haveName("finalize")
                .because("every connection and statement would outlive its own end by a collection")
                .check(HOUSE);
    }

    /** What the rule above cannot see: blocks. There is no exception to it; one that is needed belongs here, with its reason. */
    @Test
    void noMethodHasASynchronizedBlock() throws IOException {
        Set<String> entered = new TreeSet<>();
        for (JavaClass each : HOUSE) {
            entered.addAll(
                    monitorsIn(each.getSource().orElseThrow().getUri().toURL().openStream()));
        }
        assertThat(entered).isEmpty();
        assertThat(HOUSE.size()).isGreaterThan(200);
        assertThat(monitorsIn(ClassLoader.getSystemResourceAsStream("java/util/Collections$SynchronizedMap.class")))
                .contains("java/util/Collections$SynchronizedMap.size");
    }

    /** The methods of a class file that enter a monitor. */
    private static Set<String> monitorsIn(InputStream classFile) throws IOException {
        Set<String> entered = new TreeSet<>();
        try (classFile) {
            ClassReader reader = new ClassReader(classFile);
            reader.accept(
                    new ClassVisitor(OpenedClassReader.ASM_API) {
                        @Override
                        public MethodVisitor visitMethod(
                                int access,
                                String name,
                                String descriptor,
                                @Nullable String signature,
                                String @Nullable [] exceptions) {
                            return new MethodVisitor(OpenedClassReader.ASM_API) {
                                @Override
                                public void visitInsn(int opcode) {
                                    if (opcode == Opcodes.MONITORENTER) {
                                        entered.add(reader.getClassName() + "." + name);
                                    }
                                }
                            };
                        }
                    },
                    ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        }
        return entered;
    }
}
