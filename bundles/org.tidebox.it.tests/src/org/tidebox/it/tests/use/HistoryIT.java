package org.tidebox.it.tests.use;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.it.tests.scene.Control;
import org.tidebox.it.tests.scene.Device;
import org.tidebox.it.tests.scene.Products;
import org.tidebox.it.tests.scene.Trees;
import org.tidebox.it.tests.scene.TwoDevices;

/** Nothing is lost: what was can be seen and brought back, and what two devices did at once is settled by a person. */
@Tag("A3")
class HistoryIT {
    private static final int FILES = 3_000;
    private static final String TEXT = "one\ntwo\nthree\n";

    @TempDir
    Path temp;

    @Test
    void versionsAndDeletedFoldersComeBackOnAllDevices() throws Exception {
        try (TwoDevices scene = TwoDevices.start(temp)) {
            Path laptop = scene.laptop.folder();
            Files.createDirectories(laptop.resolve("docs/empty"));
            Files.writeString(laptop.resolve("docs/letter"), "first");
            Files.createSymbolicLink(laptop.resolve("docs/link"), Path.of("letter"));
            scene.assertSame();
            Files.writeString(laptop.resolve("kept"), "so that the folder is never empty, which would make it ask");
            Files.writeString(scene.desktop.folder().resolve("docs/letter"), "second, by the desktop");
            scene.assertSame();
            Files.move(laptop.resolve("docs"), laptop.resolve("papers"));
            scene.assertSame();

            Path letter = laptop.resolve("papers/letter");
            String history = scene.laptop.ok("history", letter.toString());
            assertThat(history).contains("desktop", "laptop", "docs/letter");
            assertThat(scene.laptop.ok("history", laptop.resolve("docs/letter").toString())).isEqualTo(history);
            String oldest = history.lines().toList().getLast().strip().split(" ")[0];
            scene.laptop.ok("restore", letter.toString(), "--version", oldest);
            scene.assertSame();
            assertThat(scene.desktop.folder().resolve("papers/letter")).hasContent("first");

            Trees.copy(laptop.resolve("papers"), temp.resolve("expected"));
            delete(laptop.resolve("papers"));
            scene.assertSame();
            assertThat(scene.desktop.ok("trash", "list")).contains("papers/ (3 inside)");
            scene.desktop.ok("trash", "restore", scene.desktop.folder().resolve("papers").toString());
            scene.assertSame();
            Trees.assertSame(temp.resolve("expected"), laptop.resolve("papers"));

            delete(laptop.resolve("papers"));
            scene.assertSame();
            scene.laptop.ok("trash", "restore", letter.toString());
            scene.assertSame();
            scene.laptop.ok("trash", "restore", laptop.resolve("papers").toString());
            scene.assertSame();
            Trees.assertSame(temp.resolve("expected"), laptop.resolve("papers"));

            Path out = temp.resolve("out");
            scene.laptop.ok("restore", laptop.resolve("papers").toString(), "--to", out.toString());
            Trees.assertSame(temp.resolve("expected"), out);
            assertThat(scene.laptop.fails("restore", laptop.resolve("nothing").toString())).contains("trash list");
        }
    }

    @Test
    @Tag("C1")
    void editsOnTwoDevicesAreListedMergedAndChosen() throws Exception {
        try (TwoDevices scene = TwoDevices.start(temp)) {
            Path laptop = scene.laptop.folder().resolve("letter.txt");
            Path desktop = scene.desktop.folder().resolve("letter.txt");
            Files.writeString(laptop, TEXT);
            scene.assertSame();

            conflict(scene, TEXT.replace("one", "ONE"), TEXT.replace("three", "THREE!"));
            assertThat(scene.desktop.ok("conflicts")).contains("mine    desktop", "theirs  laptop");
            assertThat(scene.laptop.ok("conflicts")).contains("mine    laptop", "theirs  desktop");
            scene.laptop.running().kill();
            scene.ensureRunning();
            assertThat(scene.laptop.ok("status")).contains("1 conflict");
            // The desktop has made the copy.
            scene.laptop.ok("conflicts", "resolve", laptop.toString(), "--merge");
            scene.assertSame();
            assertThat(laptop).hasContent("ONE\ntwo\nTHREE!\n");

            conflict(scene, "the laptop's", "the one of the desktop");
            assertThat(scene.desktop.fails("conflicts", "resolve", desktop.toString(), "--merge"))
                    .contains("same lines");
            scene.laptop.ok("conflicts", "resolve", laptop.toString(), "--keep", "theirs");
            scene.assertSame();
            assertThat(laptop).hasContent("the one of the desktop");
            assertThat(scene.laptop.ok("conflicts")).contains("There are no conflicts.");
            try (Stream<Path> files = Files.list(scene.laptop.folder())) {
                assertThat(files.filter(Files::isRegularFile)).hasSize(1);
            }
        }
    }

    @Test
    @Tag("C1")
    void manyConflictsAreSettledAtOnce() throws Exception {
        try (TwoDevices scene = TwoDevices.start(temp)) {
            Path laptop = scene.laptop.folder().resolve("letter.txt");
            Files.writeString(laptop, TEXT);
            scene.assertSame();
            for (int i = 1; i <= 3; i++) {
                conflict(scene, "laptop " + i, "the desktop's " + i);
            }
            assertThat(scene.laptop.ok("conflicts")).contains("and 2 older copies of the same device");
            assertThat(scene.laptop.fails("conflicts", "resolve", laptop.resolveSibling("other").toString(), "--keep",
                    "newest")).contains("There is no conflict");
            assertThat(scene.laptop.ok("conflicts", "resolve", "--all", "--keep", "newest")).contains("Settled");
            scene.assertSame();
            assertThat(laptop).hasContent("the desktop's 3");
            assertThat(scene.desktop.ok("conflicts")).contains("There are no conflicts.");
            assertThat(scene.laptop.ok("history", laptop.toString()).lines().count()).isGreaterThan(4);
        }
    }

    @Test
    @Tag("C1")
    void fileAndFolderOfOneNameAreSettledByKeepingOne() throws Exception {
        try (TwoDevices scene = TwoDevices.start(temp)) {
            Files.writeString(scene.laptop.folder().resolve("stays"), "here");
            scene.assertSame();
            scene.desktop.ok("folder", "pause", scene.desktop.folder().toString());
            Files.writeString(scene.laptop.folder().resolve("thing"), "a file");
            scene.laptop.settle();
            Files.writeString(Files.createDirectories(scene.desktop.folder().resolve("thing")).resolve("in"), "inside");
            scene.desktop.ok("folder", "resume", scene.desktop.folder().toString());
            scene.assertSame();

            scene.laptop.ok("conflicts", "resolve", scene.laptop.folder().resolve("thing").toString(), "--keep",
                    "theirs");
            scene.assertSame();
            assertThat(scene.laptop.folder().resolve("thing/in")).hasContent("inside");
            assertThat(scene.laptop.ok("trash", "list")).contains("thing");
            assertThat(scene.laptop.ok("status")).doesNotContain("conflict");
        }
    }

    @Test
    void wholeFolderComesBackThoughTheRestoreIsKilled() throws Exception {
        try (TwoDevices scene = TwoDevices.start(temp)) {
            Path laptop = scene.laptop.folder();
            for (int i = 0; i < FILES; i++) {
                Files.writeString(Files.createDirectories(laptop.resolve("d" + i % 20)).resolve("f" + i), "text " + i);
            }
            scene.assertSame();
            Trees.copy(laptop, temp.resolve("expected"));
            String then = sequence(scene.laptop);
            for (int i = 0; i < FILES; i += 2) {
                Files.writeString(laptop.resolve("d" + i % 20).resolve("f" + i), "ruined by a program " + i);
            }
            Files.move(laptop.resolve("d1"), laptop.resolve("moved"));
            delete(laptop.resolve("d3"));
            scene.assertSame();

            CompletableFuture<Void> restore = CompletableFuture.runAsync(() -> restore(scene.laptop, then),
                    Products.THREADS);
            Awaitility.await().atMost(120, TimeUnit.SECONDS).pollInterval(5, TimeUnit.MILLISECONDS).until(() -> Files
                    .readString(scene.desktop.folder().resolve("d0/f0")).equals("text 0") || restore.isDone());
            scene.laptop.running().kill();
            restore.join();
            scene.ensureRunning();
            assertThat(restore(scene.laptop, then).exit()).isZero();

            scene.assertSame();
            Trees.assertSame(temp.resolve("expected"), laptop);
            assertThat(scene.laptop.ok("restore", laptop.toString(), "--version", then)).contains("as wanted already");
        }
    }

    private static Products.Said restore(Device device, String sequence) {
        try {
            return device.say("", "restore", device.folder().toString(), "--version", sequence);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Returns the sequence that the device's folder has reached. */
    private static String sequence(Device device) throws IOException {
        return Control.ask(device.home(), "agent.status").get("folders").get(0).get("sequence").asText();
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> entries = Files.walk(tree)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        }
    }

    private static void conflict(TwoDevices scene, String laptops, String desktops)
            throws IOException, InterruptedException {
        scene.desktop.ok("folder", "pause", scene.desktop.folder().toString());
        Files.writeString(scene.laptop.folder().resolve("letter.txt"), laptops);
        scene.laptop.settle();
        Files.writeString(scene.desktop.folder().resolve("letter.txt"), desktops);
        scene.desktop.ok("folder", "resume", scene.desktop.folder().toString());
        scene.assertSame();
    }
}
