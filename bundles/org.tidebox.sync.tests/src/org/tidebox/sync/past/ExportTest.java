package org.tidebox.sync.past;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.sync.folder.Problem;
import org.tidebox.sync.tests.Device;
import org.tidebox.sync.tests.MemoryTreeStore;
import org.tidebox.sync.tests.OnThePast;
import org.tidebox.sync.tests.RandomUser;
import org.tidebox.tree.NodeId;

/** What was is written into any directory. */
@Tag("A3")
class ExportTest extends OnThePast {
    @Test
    void exportTakesNothingAwayAndTellsWhatIsMissing() throws Exception {
        one.write("good", "good content");
        one.write("bad", "bad content");
        one.write("taken", "from the server");
        quiet();
        server.forget(node("bad").recipe().entries().getFirst().id());
        Path target = Files.createDirectories(temporary.resolve("out"));
        Files.writeString(target.resolve("taken"), "mine");

        List<Problem> problems = export(server.head(), target);

        assertThat(problems).extracting(Problem::path).containsExactlyInAnyOrder("bad", "taken");
        assertThat(Files.readString(target.resolve("good"))).isEqualTo("good content");
        assertThat(Files.readString(target.resolve("taken"))).isEqualTo("mine");
        try (Stream<Path> files = Files.list(target)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void exportWritesLargeFilesAndManySmallOnes() throws Exception {
        byte[] large = new byte[20 << 20];
        random.nextBytes(large);
        Files.write(one.path("large"), large);
        for (int i = 0; i < 1_100; i++) {
            one.write("many/f" + i, "text " + i);
        }
        Files.setPosixFilePermissions(one.path("many"), PosixFilePermissions.fromString("r-xr-xr-x"));
        one.sync();
        int fetches = server.fetches;

        assertThat(export(server.head(), temporary.resolve("out"))).isEmpty();

        assertThat(Files.readAllBytes(temporary.resolve("out/large"))).isEqualTo(large);
        assertThat(read("out").entrySet()).containsAll(one.content().entrySet());
        assertThat(server.fetches - fetches).isLessThan(12);
        Files.setPosixFilePermissions(one.path("many"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(temporary.resolve("out/many"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Whatever happens to a folder, each state that the server once had can be written out again exactly. */
    @Test
    void everyStateCanBeWrittenOutAgain() throws Exception {
        long seed = Long.getLong("tidebox.seed", 5);
        Random choice = new Random(seed);
        RandomUser user = new RandomUser(choice, new HashSet<>(), new HashSet<>());
        Map<Long, TreeMap<String, String>> states = new HashMap<>();
        for (int i = 0; i < 40; i++) {
            for (int j = choice.nextInt(6); j >= 0; j--) {
                user.act(one);
            }
            one.sync();
            states.put(server.head(), one.content());
        }
        for (Map.Entry<Long, TreeMap<String, String>> state : states.entrySet()) {
            String name = "out" + state.getKey();
            assertThat(export(state.getKey(), temporary.resolve(name))).isEmpty();
            assertThat(read(name)).as("seed %d, as of %d", seed, state.getKey()).isEqualTo(state.getValue());
        }
    }

    @Test
    void interruptedExportGoesOn() throws Exception {
        for (int i = 0; i < 2_500; i++) {
            one.write("many/" + i % 9 + "/f" + i, "text " + i);
        }
        Files.createSymbolicLink(one.path("link"), Path.of("many"));
        one.sync();
        Path target = temporary.resolve("out");
        server.failIn(1);

        assertThatThrownBy(() -> export(server.head(), target)).hasMessageContaining("does not answer");
        assertThat(Export.isUnfinished(target)).isTrue();
        long down = server.chunksDown;
        try (Export export = export(target)) {
            folder(server.head(), NodeId.ROOT).read(export::write);
            export.finish();
            assertThat(export.problems()).isEmpty();
            assertThat(export.unchanged()).isGreaterThanOrEqualTo(1_000);
            assertThat(export.files()).isBetween(1L, 1_500L);
        }

        assertThat(Export.isUnfinished(target)).isFalse();
        assertThat(read("out")).isEqualTo(one.content());
        assertThat(server.chunksDown - down).as("what is there is not fetched again").isLessThanOrEqualTo(1_500);
    }

    private TreeMap<String, String> read(String name) throws IOException {
        try (Device reader = new Device("reader", temporary.resolve(name), server, new MemoryTreeStore(), 3)) {
            return reader.content();
        }
    }
}
