package io.heliosjdbc.tpcc;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
    private static final String HARNESS = "io.heliosjdbc.tpcc";
    private static final JavaClasses WITHOUT_TESTS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(HARNESS);

    /** What each room knows besides the harness's own package; {@code docs/architecture.md} says what they are for. */
    private static final Map<String, Set<String>> ROOMS = Map.of(
            "measure", Set.of(),
            "pace", Set.of(),
            "audit", Set.of(),
            "promises", Set.of(),
            "load", Set.of(),
            "ch", Set.of("load"),
            "delivery", Set.of("measure"),
            "run", Set.of("measure", "pace", "audit", "promises", "load", "delivery"),
            "compare", Set.of("measure", "pace", "audit", "promises", "load", "ch", "delivery"),
            "simulation", Set.of());

    private static void check(String described, Predicate<String> from, Predicate<String> allowed) {
        noClasses()
                .that(DescribedPredicate.describe(described, type -> from.test(type.getPackageName())))
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are of Helios and none of their business",
                        type -> type.getPackageName().startsWith("io.heliosjdbc.")
                                && !type.getPackageName().startsWith(HARNESS)
                                && !allowed.test(type.getPackageName())))
                .check(new ClassFileImporter().importPackages(HARNESS));
    }

    @Test
    void theDriverIsKnownByItsUrlOnly() {
        check(
                "of the harness",
                name -> name.startsWith(HARNESS) && !name.equals(HARNESS + ".simulation"),
                name -> name.equals("io.heliosjdbc.agreements"));
    }

    /** What is simulated is what ships. */
    @Test
    void theSimulationRunsTheSchedulerAndTheBooks() {
        check(
                "of the simulation",
                name -> name.equals(HARNESS + ".simulation"),
                Set.of("io.heliosjdbc.agreements", "io.heliosjdbc.slo", "io.heliosjdbc.scheduler")::contains);
    }

    static Set<String> rooms() {
        return ROOMS.keySet();
    }

    /** The commands above all do not know each other. */
    @ParameterizedTest
    @MethodSource("rooms")
    void aRoomKnowsNoOthersThanItsOwn(String room) {
        Set<String> others = new HashSet<>(ROOMS.keySet());
        others.remove(room);
        others.removeAll(ROOMS.get(room));
        checkRooms(HARNESS + "." + room, others);
    }

    @Test
    void whatTpcCSaysKnowsNoRoom() {
        checkRooms(HARNESS, ROOMS.keySet());
    }

    private static void checkRooms(String from, Set<String> forbidden) {
        noClasses()
                .that()
                .resideInAPackage(from)
                .and()
                .doNotHaveFullyQualifiedName(Main.class.getName())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        forbidden.stream().map(room -> HARNESS + "." + room).toArray(String[]::new))
                .check(WITHOUT_TESTS);
    }
}
