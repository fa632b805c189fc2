package io.heliosjdbc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the launcher says before it builds or starts anything. */
class LauncherTest {
    private static final Path LAUNCHER = Path.of("../helios").toAbsolutePath().normalize();

    @Test
    void aJarThatIsNotThereIsRefused() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", LAUNCHER.toString(), "check", "--help");
        builder.environment().put("HELIOS_CLASSPATH", LAUNCHER + ":nowhere/driver.jar");
        Process launched = builder.redirectErrorStream(true).start();

        String said = new String(launched.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(launched.waitFor()).isEqualTo(1);
        assertThat(said)
                .isEqualTo("helios: HELIOS_CLASSPATH names nowhere/driver.jar, which is not there; mend the path\n");
    }
}
