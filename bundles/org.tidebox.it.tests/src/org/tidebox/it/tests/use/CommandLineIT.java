package org.tidebox.it.tests.use;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.it.tests.scene.Device;
import org.tidebox.it.tests.scene.Products;
import org.tidebox.it.tests.scene.Server;
import org.tidebox.it.tests.scene.Trees;
import org.tidebox.it.tests.scene.TwoDevices;

/** The command line as people and programs use it. */
@Tag("P5")
class CommandLineIT {
    @TempDir
    static Path temp;
    private static TwoDevices scene;

    @BeforeAll
    static void startAll() throws Exception {
        scene = TwoDevices.start(temp);
    }

    @AfterAll
    static void stopAll() throws Exception {
        scene.close();
    }

    @Test
    @Tag("C1")
    void everythingWorksWithoutARunningAgent() throws Exception {
        Files.writeString(scene.laptop.folder().resolve("hello"), "world");
        scene.laptop.settle();
        try (Device tablet = new Device(temp, "tablet")) {
            tablet.joinAndAdd(scene.server.invite(TwoDevices.ACCOUNT), "papers");
            Files.writeString(tablet.folder().resolve("answer"), "from the tablet");
            tablet.settle();
            assertThat(tablet.folder().resolve("hello")).hasContent("world");
            scene.laptop.settle();
            assertThat(scene.laptop.folder().resolve("answer")).hasContent("from the tablet");
            assertThat(tablet.ok("folder", "list")).contains("tablet").contains("papers");
        }
    }

    @Test
    @Tag("P3")
    void operatorCommandsWorkWhileTheServerRunsAndWhileItDoesNot() throws Exception {
        try (Server server = new Server(Files.createDirectories(temp.resolve("another server")))) {
            server.addAccount("before", TwoDevices.PASSWORD);
            server.start();
            server.addAccount("while", TwoDevices.PASSWORD);
            assertThat(server.say(TwoDevices.PASSWORD + "\n", "account", "add", "while", "--password-stdin").exit())
                    .isEqualTo(1);
            assertThat(server.say("short\n", "account", "add", "weak", "--password-stdin").err())
                    .containsIgnoringCase("password");
            server.running().stop();
            Products.Said list = server.say("", "account", "list", "--json");
            assertThat(list.out()).contains("before").contains("while").doesNotContain("weak");
        }
    }

    @Test
    void everyCommandAnswersInJson() throws Exception {
        Files.writeString(scene.laptop.folder().resolve("a"), "1");
        scene.laptop.settle();
        for (List<String> command : List.of(List.of("status"), List.of("folder", "list"), List.of("stats"),
                List.of("feature", "list"), List.of("wait", "--timeout", "60"),
                List.of("history", scene.laptop.folder().resolve("a").toString()))) {
            String[] arguments = Stream.concat(command.stream(), Stream.of("--json")).toArray(String[]::new);
            JsonNode json = new ObjectMapper().readTree(scene.laptop.ok(arguments));
            assertThat(json.isMissingNode()).as(String.join(" ", arguments)).isFalse();
        }
    }

    @Test
    @Tag("C6")
    void aPortableClientKeepsItsStateBesideItselfAndMoves() throws Exception {
        Path stick = temp.resolve("stick one");
        Trees.copy(Products.client().getParent(), stick);
        Files.createFile(stick.resolve("portable"));
        Path folder = Files.createDirectories(stick.resolve("my papers"));
        Files.writeString(folder.resolve("note"), "on the stick");
        portable(stick, "join", scene.server.invite(TwoDevices.ACCOUNT));
        portable(stick, "folder", "add", folder.toString(), "--library", "papers");
        portable(stick, "wait", "--timeout", "60");
        Path moved = temp.resolve("stick two");
        Files.move(stick, moved);
        Files.writeString(moved.resolve("my papers/second"), "after the move");
        portable(moved, "wait", "--timeout", "60");
        scene.laptop.settle();
        Trees.assertSame(moved.resolve("my papers"), scene.laptop.folder());
    }

    private static void portable(Path stick, String... arguments) throws Exception {
        Products.Said said = Products.run(stick.resolve("tidebox"), Map.of(), "", List.of(arguments));
        assertThat(said.exit()).as(said.err()).isZero();
    }

    @Test
    @Tag("P4")
    void featuresAreListedAndChosenWhileEverythingRuns() throws Exception {
        assertThat(scene.laptop.ok("feature", "list")).contains("delta").contains("fastcdc").contains("fixed")
                .contains("watch")
                .contains("nio").contains("polling");
        scene.laptop.ok("feature", "use", "delta=fixed");
        scene.laptop.ok("feature", "use", "watch=polling");
        Trees.copy(Path.of(System.getProperty("java.home"), "legal"), scene.laptop.folder().resolve("legal"));
        scene.assertSame();
        assertThat(scene.laptop.fails("feature", "use", "delta=magic")).contains("magic").contains("fastcdc");
        Products.Said server = scene.server.say("", "feature", "list");
        assertThat(server.out()).contains("storage.packs").contains("file").contains("auth").contains("password");
    }
}
