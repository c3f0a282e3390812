package org.tidebox.it.tests.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.it.tests.scene.Products;

/**
 * What the start script has done when it hands over to Java. In the place of Java is a script that tells how it was
 * called, and what there was at that moment: nothing is tightened later that was open then.
 */
@Tag("S1")
class LauncherIT {
    private static final String JAVA = """
            #!/bin/sh
            printf 'argument %s\\n' "$@"
            echo "umask $(umask)"
            [ ! -d "$LOOK_AT" ] || find "$LOOK_AT" -type d -exec ls -ld {} +
            """;
    private static final List<String> OPEN_TO_ALL = List.of("sh", "-c", "umask 000 && exec \"$@\"", "sh");

    @TempDir
    Path temp;
    private Map<String, String> environment;

    @BeforeEach
    void standInForJava() throws IOException {
        Path java = Files.createDirectories(temp.resolve("jdk/bin")).resolve("java");
        mode(Files.writeString(java, JAVA), "rwxr-xr-x");
        Files.writeString(temp.resolve("jdk/release"), "JAVA_VERSION=\"25\"\n");
        environment = new HashMap<>(Map.of("JAVA_HOME", temp.resolve("jdk").toString(), "LOOK_AT",
                temp.resolve("made").toString(), "TIDEBOX_HOME", "", "XDG_DATA_HOME", "", "XDG_CACHE_HOME", "",
                "TMPDIR", Files.createDirectory(temp.resolve("public")).toString(), "HOME", "/dev/null"));
        mode(temp.resolve("public"), "rwxrwxrwx");
    }

    @Test
    void whatIsMadeIsForItsOwnerFromTheFirstMomentAndJavaHasTheUmaskOfItsUser() throws Exception {
        environment.put("XDG_CACHE_HOME", temp.resolve("made/caches").toString());
        String made = temp.resolve("made/above/state").toString();
        for (Products.Said said : List.of(server("--data", made), agent(), agent("--home", made))) {
            assertThat(said.exit()).as(said.err()).isZero();
            assertThat(said.out().lines().filter(line -> line.endsWith("/osgi") || line.endsWith("/log"))).as(
                    said.out()).isNotEmpty();
            assertThat(said.out().lines().filter(line -> line.startsWith("d"))).as(said.out()).isNotEmpty()
                    .allMatch(line -> line.startsWith("drwx------"));
            assertThat(said.out()).containsPattern("umask 0+\\R");
        }
    }

    @Test
    void whatAnotherUserPutIntoThePublicFolderIsNeverRun() throws Exception {
        Path planted = foreign(temp.resolve("public/tidebox-" + number()));
        foreign(planted.resolve("osgi"));
        foreign(planted.resolve("log"));
        assertRefused(agent(), "/dev/null/.local/share/tidebox", "--home");
        assertThat(command()).as("has no archive").doesNotContain("SharedArchiveFile");
        try (var inside = Files.walk(planted)) {
            assertThat(inside).as("nothing was put there").hasSize(3);
        }
    }

    @Test
    void aCacheFolderOfAnotherUserIsNotUsed() throws Exception {
        environment.put("XDG_CACHE_HOME", temp.resolve("public").toString());
        environment.put("XDG_DATA_HOME", temp.resolve("data").toString());
        Path planted = foreign(temp.resolve("public/tidebox"));
        assertNotUsed(planted);
    }

    @Test
    void aCacheFolderThatOthersMayWriteToOrThatIsALinkIsNotUsed() throws Exception {
        environment.put("XDG_CACHE_HOME", temp.resolve("public").toString());
        environment.put("XDG_DATA_HOME", temp.resolve("data").toString());
        Path open = Files.createDirectory(temp.resolve("public/tidebox"));
        mode(open, "rwxrwxr-x");
        assertNotUsed(open);
        mode(open, "rwx------");
        assertThat(agent().out()).contains("argument " + open + "/osgi");
        Path elsewhere = Files.move(open, temp.resolve("elsewhere"));
        Files.createSymbolicLink(open, elsewhere);
        assertNotUsed(open);
    }

    @Test
    void aHomeOrDataFolderThatHoldsWhatOthersMayHavePutThereIsRefused() throws Exception {
        Path folder = Files.createDirectory(temp.resolve("state"));
        Path osgi = Files.createDirectory(folder.resolve("osgi"));
        mode(folder, "rwxrwxrwx");
        mode(osgi, "rwxrwxrwx");
        assertRefused(agent("--home", folder.toString()), osgi.toString(), "delete");
        Files.delete(osgi);
        assertThat(agent("--home", folder.toString()).exit()).as("what is empty is taken, and closed").isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder))).isEqualTo("rwx------");
        mode(osgi, "rwxrwxr-x");
        assertThat(agent("--home", folder.toString()).exit()).as("behind a closed door its mode is all the same")
                .isZero();
        Path elsewhere = Files.move(osgi, temp.resolve("elsewhere"));
        Files.createSymbolicLink(osgi, elsewhere);
        assertRefused(server("--data", folder.toString()), osgi.toString(), "link");
    }

    @Test
    void aDataFolderOfAnotherUserIsRefused() throws Exception {
        Path folder = foreign(temp.resolve("state"));
        assertRefused(server("--data", folder.toString()), folder.toString(), "another user");
    }

    private void assertNotUsed(Path cache) throws IOException, InterruptedException {
        Products.Said said = agent();
        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.out()).contains("argument " + temp.resolve("data/tidebox/osgi")).doesNotContain(
                cache.toString());
        assertThat(command()).doesNotContain(cache.toString());
    }

    private static void assertRefused(Products.Said said, String folder, String advice) {
        assertThat(said.exit()).as(said.out()).isEqualTo(1);
        assertThat(said.out()).isEmpty();
        assertThat(said.err().lines()).as(said.err()).singleElement().asString().startsWith("tidebox: ")
                .contains(folder).contains(advice);
    }

    private String command() throws IOException, InterruptedException {
        return Products.run(Products.client(), environment, "", List.of("status")).out();
    }

    private Products.Said agent(String... arguments) throws IOException, InterruptedException {
        return run(Products.client(), List.of("agent"), arguments);
    }

    private Products.Said server(String... arguments) throws IOException, InterruptedException {
        return run(Products.server(), List.of("server", "run"), arguments);
    }

    private Products.Said run(Path script, List<String> words, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(OPEN_TO_ALL);
        command.add(script.toString());
        command.addAll(words);
        command.addAll(List.of(arguments));
        return Products.run(environment, "", command);
    }

    private static Path foreign(Path folder) throws IOException, InterruptedException {
        Assumptions.assumeTrue(System.getProperty("user.name").equals("root"),
                "only root can make a folder of another user");
        mode(Files.createDirectory(folder), "rwxrwxrwx");
        assertThat(new ProcessBuilder("chown", "65534", folder.toString()).start().waitFor()).isZero();
        return folder;
    }

    private static Object number() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    }

    private static void mode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }
}
