package io.heliosjdbc.tpcc;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void theDriverIsKnownByItsUrlOnly() {
        noClasses()
                .that()
                .resideInAPackage("io.heliosjdbc.tpcc..")
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are of Helios but neither the harness's nor the agreements'",
                        type -> type.getPackageName().startsWith("io.heliosjdbc.")
                                && !type.getPackageName().equals("io.heliosjdbc.tpcc")
                                && !type.getPackageName().equals("io.heliosjdbc.agreements")))
                .check(new ClassFileImporter().importPackages("io.heliosjdbc.tpcc"));
    }
}
