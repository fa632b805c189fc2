package io.heliosjdbc.tpcc;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static void check(String described, Predicate<String> from, Predicate<String> allowed) {
        noClasses()
                .that(DescribedPredicate.describe(described, type -> from.test(type.getPackageName())))
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are of Helios and none of their business",
                        type -> type.getPackageName().startsWith("io.heliosjdbc.")
                                && !type.getPackageName().startsWith("io.heliosjdbc.tpcc")
                                && !allowed.test(type.getPackageName())))
                .check(new ClassFileImporter().importPackages("io.heliosjdbc.tpcc"));
    }

    @Test
    void theDriverIsKnownByItsUrlOnly() {
        check(
                "of the harness",
                name -> name.startsWith("io.heliosjdbc.tpcc") && !name.equals("io.heliosjdbc.tpcc.simulation"),
                name -> name.equals("io.heliosjdbc.agreements"));
    }

    /** What is simulated is what ships. */
    @Test
    void theSimulationRunsTheSchedulerAndTheBooks() {
        check(
                "of the simulation",
                name -> name.equals("io.heliosjdbc.tpcc.simulation"),
                Set.of("io.heliosjdbc.agreements", "io.heliosjdbc.slo", "io.heliosjdbc.scheduler")::contains);
    }
}
