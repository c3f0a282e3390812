package org.tidebox.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MachineTraceCheckTest {
    @TempDir
    Path folder;

    /** The '+' keeps this file from being a finding itself. */
    @ParameterizedTest
    @ValueSource(strings = {"see /ro+ot/notes", "cd /wo+rk/main", "C:\\Use+rs\\ann", "https://re+po1.maven.org/maven2",
            "https://down+load.eclipse.org/releases"})
    void findsTrace(String text) throws IOException {
        PlantedTree tree = new PlantedTree(folder).file("docs/page.md", "first", text.replace("+", ""));
        assertThat(tree.violations(new MachineTraceCheck())).singleElement()
                .satisfies(found -> assertThat(found.toString()).startsWith(Path.of("docs", "page.md") + ":2: names "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/root/of/trees", "/work/folder", "http://maven.apache.org/POM/4.0.0",
            "/home/ann/Documents", "</root>"})
    void allows(String text) throws IOException {
        assertThat(new PlantedTree(folder).file("docs/page.md", text).violations(new MachineTraceCheck())).isEmpty();
    }

    @Test
    void skipsWhatTheBuildMadeAndWhatIsNoText() throws IOException {
        PlantedTree tree = new PlantedTree(folder).file("bundles/x/target/page.md", "/ro" + "ot/notes")
                .file("derby.log", "/ro" + "ot/notes").file(".git", "gitdir: /ro" + "ot/project/.git/worktrees/x");
        Files.writeString(folder.resolve("picture"), "\0/ro" + "ot/notes");
        assertThat(tree.violations(new MachineTraceCheck())).isEmpty();
    }
}
