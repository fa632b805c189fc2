package io.heliosjdbc.driver.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.heliosjdbc.agreements.Agreements;
import io.heliosjdbc.agreements.Fault;
import io.heliosjdbc.agreements.RefusedInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One bad file per error; each message is asserted whole, with its line and column. */
class ConfigurationFaultsTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "^[workload_routing]\ndisciplin = \"fifo\"^"
                        + " | 2:1: unknown key 'disciplin' in [workload_routing]; the nearest known name is discipline",
                "^[workload_routing]\ncolour = 1^"
                        + " | 2:1: unknown key 'colour' in [workload_routing]; known here: enabled, dry_run, discipline,"
                        + " max_concurrency, slot_scope, idle_in_transaction_lend_ms, penalty_degree, agreements,"
                        + " accounts, accounts_checkpoint_ms, max_accounts, reload_ms, connections, fast_lane, parallel_lanes, background_queue, classes, classifier, admission_control,"
                        + " sla_policies, observability, pool",
                "^[workload_routing.fast_lane]\nqueue_timeout = 1^"
                        + " | 2:1: unknown key 'queue_timeout' in [workload_routing.fast_lane]; the nearest known name is"
                        + " queue_timeout_ms",
                "^[workload_routing.fast_lane]\ndiscipline = 'fifo'^"
                        + " | 2:1: unknown key 'discipline' in [workload_routing.fast_lane]; it belongs to"
                        + " [workload_routing]",
                "^[workload_routing]\ndefault_class = 'fast_lane'^"
                        + " | 2:1: unknown key 'default_class' in [workload_routing]; it belongs to"
                        + " [workload_routing.classifier]",
                "^[workload_routing.fastlane]\nenabled = true^"
                        + " | 1:1: unknown table 'fastlane' in [workload_routing]; the nearest known name is fast_lane",
                "^[workload_routin]\nenabled = true^"
                        + " | 1:1: unknown key 'workload_routin' at the top; the nearest known name is workload_routing",
                "^[proxy]\nport = 1^" + " | 2:1: unknown key 'port' in [proxy]; known here: workload_routing",
                "^[workload_routing]\n[proxy.workload_routing]^"
                        + " | 2:1: there are both [workload_routing] and [proxy.workload_routing]; keep one of them; the"
                        + " other one stands at line 1",
                "^[workload_routing]\nmax_concurrency = -1^"
                        + " | 2:1: max_concurrency is -1; give a whole number from 0 to 1000000000",
                "^[workload_routing]\n  max_concurrency = 'many'^"
                        + " | 2:3: max_concurrency is 'many'; give a whole number from 0 to 1000000000",
                "^[workload_routing]\nmax_concurrency = 1.5^"
                        + " | 2:1: max_concurrency is 1.5; give a whole number from 0 to 1000000000",
                "^[workload_routing]\nmax_concurrency = [1]^"
                        + " | 2:1: max_concurrency is a list; give a whole number from 0 to 1000000000",
                "^[workload_routing]\ndry_run = 'yes'^ | 2:1: dry_run is 'yes'; give true or false",
                "^[workload_routing]\ndry_run = 2026-01-01^ | 2:1: dry_run is something else; give true or false",
                "^[workload_routing]\ndiscipline = 'lifo'^"
                        + " | 2:1: discipline is 'lifo'; give one of budget, fifo, static, mefi, fisher_krieger, kafka",
                "^[workload_routing]\npenalty_degree = 0^"
                        + " | 2:1: penalty_degree is 0; give a number from 0.01 to 100",
                "^[workload_routing]\nagreements = 'a.xml'^" + " | 2:1: agreements is 'a.xml'; give a list of texts",
                "^[workload_routing]\naccounts = 'fil:x'^"
                        + " | 2:1: accounts is 'fil:x'; give memory, jdbc, or file: and a path",
                "^[workload_routing]\naccounts = 'file:'^"
                        + " | 2:1: accounts is 'file:'; give memory, jdbc, or file: and a path",
                "^[workload_routing]\naccounts = \"file:a\\u0000\"^"
                        + " | 2:1: 'a\u0000' is no path: Nul character not allowed; give memory, jdbc, or file: and a path",
                "^[workload_routing]\naccounts_checkpoint_ms = 0^"
                        + " | 2:1: accounts_checkpoint_ms is 0; give a whole number from 1 to 1000000000",
                "^[workload_routing]\nagreements = ['a.xml',\n  7]^ | 3:3: agreements contains 7; give a list of texts",
                "^[workload_routing.fast_lane]\nmax_estimated_cost = -1^"
                        + " | 2:1: fast_lane.max_estimated_cost is -1; give a number of at least 0",
                "^[workload_routing.classifier]\nmin_confidence = 75^"
                        + " | 2:1: classifier.min_confidence is 75; give a number from 0 to 1",
                "^[workload_routing.classifier]\ndefault_class = 'slow_lane'^"
                        + " | 2:1: classifier.default_class is 'slow_lane', which does not exist; name one of"
                        + " background_queue, parallel_lanes, fast_lane",
                "^[workload_routing.fast_lane]\nenabled = false^"
                        + " | 2:1: classifier.default_class is 'fast_lane', which is not enabled; name one of"
                        + " background_queue, parallel_lanes",
                "^[workload_routing.fast_lane]\nmax_concurrency = 0^"
                        + " | 2:1: fast_lane.max_concurrency is 0; give a whole number from 1 to 1000000000",
                "^[workload_routing.fast_lane]\nroute_criteria = ['join_count = 1',\n  'join_count == 2']^"
                        + " | 3:15: == is no operator; write =",
                "^[workload_routing.fast_lane]\nroute_criteria = ['join_cout = 1']^"
                        + " | 2:20: unknown feature join_cout; did you mean join_count",
                "^[workload_routing.classes.reports]\nenabled = true^"
                        + " | 1:1: class reports has no max_concurrency; say how many of its requests may be in the"
                        + " database at once",
                "^[workload_routing.classes.reports]\nmax_concurrency = 'x'^"
                        + " | 2:1: classes.reports.max_concurrency is 'x'; give a whole number from 1 to 1000000000",
                "^[workload_routing.classes.fast_lane]\nmax_concurrency = 1^"
                        + " | 1:1: classes.fast_lane names a built-in class; write its table as"
                        + " [workload_routing.fast_lane]",
                "^[workload_routing.classes.'x y']\nmax_concurrency = 1^"
                        + " | 1:1: 'x y' is no name of a class; begin with a letter and go on with letters, digits, _"
                        + " and -",
                "^[workload_routing.classes]\nreports = 3^"
                        + " | 2:1: classes.reports is no table; write [workload_routing.classes.reports]",
                "^[workload_routing.admission_control]\nenable_queueing = false\nreject_on_overload = false^"
                        + " | 2:1: enable_queueing and reject_on_overload are both false, so that nobody may wait and"
                        + " nobody is refused; set one of them to true",
                "^[workload_routing.sla_policies]\ntenants = 1^"
                        + " | 2:1: unknown key 'tenants' in [workload_routing.sla_policies]; known here:"
                        + " tenant_overrides",
                "^[[workload_routing.sla_policies.tenant_overrides]]\ntenant_tier = 'gold'\npriority_boost = 0^"
                        + " | 3:1: sla_policies.tenant_overrides.gold.priority_boost is 0; give a number from 0.001 to"
                        + " 1000000",
                "^[[workload_routing.sla_policies.tenant_overrides]]\npriority_boost = 2^"
                        + " | 1:1: an entry of sla_policies.tenant_overrides has no tenant_tier; name the tier that it is"
                        + " for",
                "^[[workload_routing.sla_policies.tenant_overrides]]\ntenant_tier = 7^"
                        + " | 2:1: sla_policies.tenant_overrides.tenant_tier is 7; give a text",
                "^[[workload_routing.sla_policies.tenant_overrides]]\ntenant_tier = 'x y'^"
                        + " | 2:1: 'x y' is no name of a tier; begin with a letter and go on with letters, digits, _ and"
                        + " -",
                "^[[workload_routing.sla_policies.tenant_overrides]]\ntenant_tier = 'gold'\npriority_bost = 2^"
                        + " | 3:1: unknown key 'priority_bost' in [workload_routing.sla_policies.tenant_overrides]; the"
                        + " nearest known name is priority_boost",
                "^[[workload_routing.sla_policies.tenant_overrides]]\ntenant_tier = 'gold'\n"
                        + "[[workload_routing.sla_policies.tenant_overrides]]\ntenant_tier = 'gold'^"
                        + " | 4:1: tier 'gold' has an entry already; say everything of a tier in one entry",
                "^[[workload_routing.sla_policies.tenant_overrides]]\ntenant_tier = 'gold'\n"
                        + "guaranteed_fast_lane_slots = 30\n"
                        + "[[workload_routing.sla_policies.tenant_overrides]]\ntenant_tier = 'silver'\n"
                        + "guaranteed_fast_lane_slots = 21^"
                        + " | 6:1: the tiers are guaranteed 51 slots of fast_lane together, but fast_lane.max_concurrency is"
                        + " 50; guarantee fewer, or raise fast_lane.max_concurrency",
                "^[[workload_routing.sla_policies.tenant_overrides]]\ntenant_tier = 'gold'\n"
                        + "guaranteed_fast_lane_slots = 30\n[workload_routing]\nmax_concurrency = 20^"
                        + " | 3:1: the tiers are guaranteed 30 slots of fast_lane together, but max_concurrency is 20;"
                        + " guarantee fewer, or raise max_concurrency",
                "^[workload_routing]\nclassifier.default_class = 'parallel_lanes'\nfast_lane.enabled = false\n"
                        + "[[workload_routing.sla_policies.tenant_overrides]]\ntenant_tier = 'gold'\n"
                        + "guaranteed_fast_lane_slots = 1^"
                        + " | 6:1: tier 'gold' is guaranteed slots of fast_lane, which is not enabled; enable fast_lane, or"
                        + " guarantee none",
                "^[[workload_routing.sla_policies.tenant_overrides]]\ntenant_tier = 'gold'\n"
                        + "tenants = ['acme']\n"
                        + "[[workload_routing.sla_policies.tenant_overrides]]\ntenant_tier = 'silver'\n"
                        + "tenants = ['globex',\n  'acme']^"
                        + " | 7:3: tenant 'acme' is of tier 'gold' already; leave it to one of them",
                "^[[workload_routing.sla_policies.tenant_overrides]]\ntenant_tier = 'gold'\n"
                        + "user_loads = ['default', 'nowhere']^"
                        + " | 3:26: no agreement has a user load 'nowhere'; name one of LOADS",
                "^[workload_routing.fast_lane]\nstarvation_bound_ms = 0^"
                        + " | 2:1: fast_lane.starvation_bound_ms is 0; give a whole number from 1 to 1000000000",
                "^[workload_routing]\nagreements = ['none.xml']^"
                        + " | 2:15: there is no file 'DIR/none.xml'; give a path relative to this file",
                "^[workload_routing]\nagreements = ['none/*.xml']^"
                        + " | 2:15: no file matches 'DIR/none/*.xml'; mend the pattern, or put the agreements there",
                "^[workload_routing]\nagreements = ['classpath:none.xml']^"
                        + " | 2:15: there is no resource 'none.xml'; give the name of one on the class path",
                "^[workload_routing]\nagreements = ['classpath:*.xml']^"
                        + " | 2:15: '*.xml' is a pattern, and the class path cannot be searched; name each resource",
                "^[workload_routing]\nenabled = ^"
                        + " | 2:11: unexpected end of input, expected a value; write it as TOML has it",
                "^[workload_routing]\nenabled = true\nenabled = false^"
                        + " | 3:1: enabled previously defined at line 2, column 1; write it as TOML has it",
            })
    void aFaultIsReportedWithItsPlaceAndItsRemedy(String toml, String expected) throws IOException {
        Path file = write(toml);

        assertThat(faultsOf(file))
                .extracting(Fault::toString)
                .containsExactly(file + ":"
                        + expected.replace("DIR", directory.toString()).replace("LOADS", loadsOfTheBuiltInAgreement()));
    }

    private static String loadsOfTheBuiltInAgreement() {
        Set<String> names = new LinkedHashSet<>();
        Agreements.builtIn().userLoads().forEach(load -> names.add(load.name()));
        names.add("default");
        return String.join(", ", names);
    }

    @Test
    void allFaultsAreReportedTogether() throws IOException {
        Path file = write("""
                [workload_routing]
                discipline = "none"
                colour = 1
                agreements = ["none.xml"]
                [workload_routing.fast_lane]
                max_concurrency = 0
                """);

        assertThat(faultsOf(file)).extracting(Fault::line).containsExactlyInAnyOrder(2, 3, 4, 6);
    }

    @Test
    void aUserLoadOfAnUnknownClassIsRefusedAtItsPlaceInTheAgreement() throws IOException {
        Path file = write("[workload_routing]\nagreements = ['load.xml']\n");
        String agreement = new String(
                        ConfigurationFaultsTest.class
                                .getResourceAsStream("/configuration/agreements/shop.xml")
                                .readAllBytes(),
                        StandardCharsets.UTF_8)
                .replace("serviceClass=\"reports\"", "serviceClass=\"nowhere\"");
        Files.writeString(directory.resolve("load.xml"), agreement);

        assertThat(faultsOf(file)).singleElement().satisfies(fault -> {
            assertThat(fault.file()).isEqualTo(directory.resolve("load.xml").toString());
            assertThat(fault.line()).isEqualTo(6);
            assertThat(fault.what())
                    .isEqualTo("user load 'shop' names the service class 'nowhere', which does not exist");
            assertThat(fault.mend()).isEqualTo("name one of background_queue, parallel_lanes, fast_lane");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "disciplin | fifo | helios.disciplin: unknown parameter 'helios.disciplin'; the nearest known name is"
                        + " helios.discipline",
                "fast_lane.max_concurency | 1 | helios.fast_lane.max_concurency: unknown parameter"
                        + " 'helios.fast_lane.max_concurency'; the nearest known name is"
                        + " helios.fast_lane.max_concurrency",
                "learning_file | x | helios.learning_file: unknown parameter 'helios.learning_file'; say"
                        + " helios.classifier.learning_file",
                "classifier.route_match | any | helios.classifier.route_match: unknown parameter"
                        + " 'helios.classifier.route_match'; say helios.fast_lane.route_match or"
                        + " helios.parallel_lanes.route_match or helios.background_queue.route_match",
                "colour | red | helios.colour: unknown parameter 'helios.colour'; give helios. and a key's name below"
                        + " workload_routing, with dots, such as helios.fast_lane.max_concurrency",
                "fast_lane.max_concurrency | few | helios.fast_lane.max_concurrency: fast_lane.max_concurrency is"
                        + " 'few'; give a whole number from 1 to 1000000000",
                "dry_run | TRUE | helios.dry_run: dry_run is 'TRUE'; give true or false",
                "agreements | none.xml | helios.agreements: there is no file 'none.xml'; give a path relative to"
                        + " the working directory",
                "config | none.toml | helios.config: there is no file 'none.toml'; give the path of a file, or"
                        + " classpath: and the name of a resource",
                "config | classpath:none.toml | helios.config: there is no resource 'classpath:none.toml'; give the"
                        + " path of a file, or classpath: and the name of a resource",
            })
    void aFaultOfAParameterNamesTheParameter(String name, String value, String expected) {
        assertThatExceptionOfType(RefusedInputException.class)
                .isThrownBy(() -> HeliosConfiguration.load(Map.of(name, value)))
                .satisfies(refused ->
                        assertThat(refused.faults()).extracting(Fault::toString).containsExactly(expected));
    }

    @Test
    void aFileThatIsNotUtf8IsRefused() throws IOException {
        Path file = directory.resolve("latin.toml");
        Files.write(file, "[workload_routing] # \u00e9".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(faultsOf(file))
                .extracting(Fault::toString)
                .containsExactly(file + ": the file is not encoded in UTF-8; save it in UTF-8");
    }

    private Path write(String toml) throws IOException {
        return Files.writeString(directory.resolve("helios.toml"), toml);
    }

    private static List<Fault> faultsOf(Path file) {
        try {
            HeliosConfiguration.loadFile(file);
            return List.of();
        } catch (RefusedInputException refused) {
            return refused.faults();
        }
    }
}
