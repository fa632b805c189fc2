package io.heliosjdbc.tpcc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputsTest {
    @TempDir
    Path folder;

    @Test
    void whatCannotBeWrittenIsRefusedBefore() throws IOException {
        Outputs.check("--json", null);
        Outputs.check("--json", folder.resolve("new.json"));
        Outputs.check("--json", Path.of("new.json"));
        assertThatThrownBy(() -> Outputs.check("--json", folder))
                .hasMessage("--json: " + folder + " is a directory; name a file");
        assertThatThrownBy(() -> Outputs.check("--json", folder.resolve("none/new.json")))
                .hasMessage("--json: there is no directory " + folder.resolve("none")
                        + " to write to; make it, or name another file");
        Path file = Files.createFile(folder.resolve("file"));
        Outputs.check("--json", file);
        Outputs.checkDirectory("--csv", folder.resolve("deep/raw"));
        assertThat(folder.resolve("deep/raw")).isDirectory();
        assertThatThrownBy(() -> Outputs.checkDirectory("--csv", file))
                .hasMessage("--csv: cannot make the directory " + file + "; name another one");
    }

    @Test
    void oneThatFailsDoesNotLoseTheOthers() {
        Path first = folder.resolve("none/first");
        Path second = folder.resolve("second");
        Outputs outputs = new Outputs();
        assertThat(outputs.write("--html", first, to -> Files.writeString(to, "1")))
                .isFalse();
        assertThat(outputs.write("--json", second, to -> Files.writeString(to, "2")))
                .isTrue();
        assertThat(outputs.write("--csv", null, to -> Files.writeString(to, "3")))
                .isFalse();
        assertThat(second).hasContent("2");
        assertThatThrownBy(outputs::close)
                .isInstanceOf(IOException.class)
                .hasMessage("--html: cannot write " + first + ": its directory is gone, or takes no files");
    }

    @Test
    void whatIsNoFileOfItsOwnIsWrittenOnceWhenAllIsThere() throws IOException {
        Path own = folder.resolve("own.json");
        Path shared = Files.createFile(folder.resolve("terminal"));
        Path link = Files.createSymbolicLink(folder.resolve("stdout"), shared);
        try (Outputs outputs = new Outputs()) {
            outputs.writeTextSoFar("--json", own, () -> "1");
            outputs.writeTextSoFar("--json", link, () -> "1");
            outputs.writeTextSoFar("--json", null, () -> "1");
            assertThat(own).hasContent("1");
            assertThat(shared).isEmptyFile();

            assertThat(outputs.writeText("--json", link, () -> "1, 2")).isTrue();
            assertThat(shared).hasContent("1, 2");
            assertThat(link).isSymbolicLink();
        }
    }

    @Test
    void aTextThatCannotBeMadeLeavesTheOneBefore() throws IOException {
        Path file = folder.resolve("result.json");
        Outputs outputs = new Outputs();
        assertThat(outputs.writeText("--json", file, () -> "1")).isTrue();
        assertThat(outputs.writeText("--json", file, () -> {
                    throw new IllegalStateException("not made");
                }))
                .isFalse();
        assertThat(file).hasContent("1");
        assertThat(folder).isDirectoryNotContaining(other -> !other.equals(file));
        assertThatThrownBy(outputs::close).isInstanceOf(IOException.class).hasMessageContaining("not made");
        assertThat(outputs.writeText("--json", file, () -> "2")).isTrue();
        assertThat(file).hasContent("2");
        outputs.close();
    }
}
