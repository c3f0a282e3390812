package org.tidebox.it.tests.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.it.tests.scene.TwoDevices;

/** Names that were chosen to do harm on the terminals and in the logs of others. */
@Tag("P3")
class HostileNamesIT {
    /** A title, a bell, a line of its own, the C1 form of ESC [, and a sign that turns what follows around. */
    private static final String NAME = "evil\u001b]0;x\u0007\nFORGED\u009b2J\u202e.txt";
    private static final String SHOWN = "evil\\x1b]0;x\\x07\\x0aFORGED\\x9b2J\\u202e.txt";
    @TempDir
    Path temp;

    @Test
    void namesAreWrittenOutInCommandsAndInTheLog() throws Exception {
        try (TwoDevices scene = TwoDevices.start(temp)) {
            Path file = Files.writeString(scene.laptop.folder().resolve(NAME), "one");
            Files.writeString(scene.laptop.folder().resolve("plain"), "so that the folder is never empty");
            scene.assertSame();
            assertShown(scene.desktop.ok("history", scene.desktop.folder().resolve(NAME).toString()));
            Files.delete(file);
            scene.assertSame();
            assertShown(scene.desktop.ok("trash", "list"));
            assertThat(scene.desktop.ok("trash", "list", "--json")).contains("\\u001B").contains("\\n")
                    .contains("\\u202e").doesNotContain("\u001b", "\u202e", "\u009b");
            assertThat(scene.desktop.fails("history", scene.desktop.folder().resolve("no " + NAME).toString()))
                    .contains("\\x1b]0;x\\x07 FORGED\\x9b2J\\u202e");

            Path other = Files.createDirectories(temp.resolve(NAME));
            scene.laptop.ok("folder", "add", other.toString(), "--library", "other");
            assertShown(scene.laptop.ok("folder", "list"));
            assertShown(scene.laptop.ok("status"));
            scene.settle();
            assertLogged(scene.laptop.home());
            assertLogged(scene.server.data());
        }
    }

    private static void assertShown(String said) {
        assertThat(said).contains(SHOWN).doesNotContain("\u001b", "\u0007", "\u009b", "\u202e");
        assertThat(said.lines()).noneMatch(line -> line.startsWith("FORGED"));
    }

    /** Each line begins with a time, or belongs to an exception. */
    private static void assertLogged(Path place) throws Exception {
        List<String> lines = Files.readAllLines(place.resolve("log").resolve("tidebox.log"), StandardCharsets.UTF_8);
        assertThat(lines).isNotEmpty()
                .allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT[^ ]+ [A-Z]+ .*|\tat .*|Caused by: .*"))
                .noneMatch(line -> line.contains("PARSER_ERROR") || line.contains("\u001b"));
    }
}
