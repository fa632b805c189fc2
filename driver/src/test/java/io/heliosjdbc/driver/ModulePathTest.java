package io.heliosjdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The driver as a named module in a virtual machine of its own: its descriptor says all that it needs. */
class ModulePathTest {
    private static final Pattern MODULES = Pattern.compile(
            ".*/(driver|classifier|scheduler|slo-component|agreements)/target/classes|.*/helios-[^/]*\\.jar"
                    + "|.*/(byte-buddy|slf4j-api|jspecify|tomlj|antlr4-runtime|caffeine|h2"
                    + "|jakarta\\.[^/]*|jaxb-[^/]*|txw2|istack-[^/]*|angus-activation)-?[\\d.]*\\.jar");

    @Test
    void theDriverConnectsFromTheModulePath() throws Exception {
        List<String> modules = new ArrayList<>();
        String testClasses = "";
        for (String each : System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator), -1)) {
            String path = Path.of(each).toUri().getPath().replaceFirst("/$", "");
            if (MODULES.matcher(path).matches()) {
                modules.add(each);
            } else if (path.endsWith("/test-classes")) {
                testClasses = each;
            }
        }
        Process application = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--module-path",
                        String.join(File.pathSeparator, modules),
                        "--add-modules",
                        "io.heliosjdbc.driver,com.h2database",
                        "--class-path",
                        testClasses,
                        "io.heliosjdbc.application.Application",
                        "jdbc:helios:h2:mem:module_path")
                .redirectErrorStream(true)
                .start();
        String printed = new String(application.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(application.waitFor()).as(printed).isZero();
        assertThat(printed.lines()).contains("42 true io.heliosjdbc.driver");
    }
}
