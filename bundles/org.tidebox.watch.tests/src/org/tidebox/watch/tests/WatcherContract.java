package org.tidebox.watch.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.watch.Watch;
import org.tidebox.watch.WatchException;
import org.tidebox.watch.Watcher;

/** What every watcher promises. */
@Tag("C1")
@Tag("P4")
abstract class WatcherContract {
    private static final Path IGNORED = Path.of(".tidebox");

    @TempDir
    Path home;
    private Path root;
    private final Recorder recorder = new Recorder();
    private final List<Watch> watches = new ArrayList<>();

    /** Returns a watcher that notices changes within a second, a vanished root too. */
    abstract Watcher watcher();

    @BeforeEach
    void makeRoot() throws IOException {
        root = Files.createDirectory(home.resolve("root"));
    }

    @AfterEach
    void closeWatches() {
        watches.forEach(Watch::close);
    }

    @Test
    void createdFileIsTold() throws Exception {
        Files.createDirectories(root.resolve("a/b"));
        watch();
        Files.writeString(root.resolve("a/b/new.txt"), "new");
        recorder.awaitFolder("a/b");
        assertThat(recorder.covers("a")).isFalse();
    }

    @Test
    void modifiedFileIsTold() throws Exception {
        Path file = oldFile("a/file.txt");
        watch();
        Files.writeString(file, "other");
        recorder.awaitFolder("a");
    }

    @Test
    void deletedFileIsTold() throws Exception {
        Path file = oldFile("file.txt");
        watch();
        Files.delete(file);
        recorder.awaitFolder("");
    }

    @Test
    void renameIsToldForBothFolders() throws Exception {
        Path file = oldFile("from/file.txt");
        Files.createDirectory(root.resolve("to"));
        watch();
        Files.move(file, root.resolve("to/file.txt"));
        recorder.awaitFolder("from");
        recorder.awaitFolder("to");
    }

    @Test
    void changedModeIsTold() throws Exception {
        Path file = oldFile("a/run.sh");
        watch();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x---"));
        recorder.awaitFolder("a");
    }

    @Test
    void newTreeIsInDoubtAndWatchedFromThenOn() throws Exception {
        watch();
        List<String> folders = Trees.makeTreeOf500Files(root.resolve("tree"));
        folders.forEach(folder -> recorder.awaitFolder("tree/" + folder));
        recorder.awaitFolder("");
        String deepest = "tree/" + folders.getLast();
        awaitQuiet();
        Files.writeString(root.resolve(deepest).resolve("later.txt"), "later");
        recorder.awaitFolder(deepest);
    }

    @Test
    void folderMovedInIsInDoubtAndWatchedFromThenOn() throws Exception {
        Path outside = Files.createDirectories(home.resolve("outside/deep"));
        watch();
        Files.move(outside.getParent(), root.resolve("inside"));
        recorder.awaitDoubt("inside");
        awaitQuiet();
        Files.writeString(root.resolve("inside/deep/file.txt"), "x");
        recorder.awaitFolder("inside/deep");
    }

    @Test
    void folderMovedOutFallsSilent() throws Exception {
        Files.createDirectories(root.resolve("going/deep"));
        watch();
        Path gone = Files.move(root.resolve("going"), home.resolve("gone"));
        recorder.awaitFolder("");
        awaitQuiet();
        Files.writeString(gone.resolve("deep/file.txt"), "x");
        Files.writeString(root.resolve("sentinel"), "x");
        recorder.awaitFolder("");
        assertThat(recorder.toldAnythingWithin("going")).isFalse();
    }

    @Test
    void renamedFolderIsWatchedUnderItsNewName() throws Exception {
        Files.createDirectories(root.resolve("old/deep"));
        Files.createDirectories(root.resolve("parent"));
        watch();
        Files.move(root.resolve("old"), root.resolve("parent/new"));
        recorder.awaitDoubt("parent/new");
        recorder.awaitFolder("");
        awaitQuiet();
        Files.writeString(root.resolve("parent/new/deep/file.txt"), "x");
        recorder.awaitFolder("parent/new/deep");
        assertThat(recorder.toldAnythingWithin("old")).isFalse();
    }

    @Test
    void folderMadeAnewIsWatched() throws Exception {
        Path folder = Files.createDirectories(root.resolve("again/deep"));
        watch();
        Trees.deleteTree(root.resolve("again"));
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("other.txt"), "x");
        recorder.awaitFolder("again/deep");
        awaitQuiet();
        Files.writeString(folder.resolve("file.txt"), "x");
        recorder.awaitFolder("again/deep");
    }

    @Test
    void ignoredFolderIsSilent() throws Exception {
        Files.createDirectories(root.resolve(".tidebox/deep"));
        watch();
        Files.writeString(root.resolve(".tidebox/deep/file"), "x");
        Files.createDirectories(root.resolve(".tidebox/more/folders"));
        Files.createDirectories(root.resolve("sentinel"));
        recorder.awaitFolder("sentinel");
        assertThat(recorder.toldAnythingWithin(".tidebox")).isFalse();
    }

    @Test
    void linkedFolderIsNotFollowed() throws Exception {
        Path target = Files.createDirectories(home.resolve("target"));
        Files.createSymbolicLink(root.resolve("before"), target);
        watch();
        Files.createSymbolicLink(root.resolve("after"), target);
        recorder.awaitFolder("");
        Files.writeString(target.resolve("file.txt"), "x");
        Files.createDirectories(root.resolve("sentinel"));
        recorder.awaitFolder("sentinel");
        assertThat(recorder.toldAnythingWithin("before")).isFalse();
        assertThat(recorder.toldAnythingWithin("after")).isFalse();
    }

    @Test
    void deletedRootEndsTheWatch() throws Exception {
        oldFile("a/file.txt");
        watch();
        Trees.deleteTree(root);
        assertThat(recorder.awaitFailure().getReason()).isEqualTo(WatchException.Reason.ROOT_GONE);
    }

    @Test
    void rootReplacedByAnotherFolderEndsTheWatch() throws Exception {
        watch();
        Files.move(root, home.resolve("elsewhere"));
        Files.createDirectory(root);
        WatchException failure = recorder.awaitFailure();
        assertThat(failure.getReason()).isEqualTo(WatchException.Reason.ROOT_GONE);
        assertThat(failure).hasMessageContaining(root.toString());
    }

    @Test
    void missingRootCannotBeWatched() {
        Path missing = home.resolve("missing");
        assertThatThrownBy(() -> watcher().watch(missing, IGNORED::equals, recorder))
                .hasMessageContaining(missing.toString()).isInstanceOfSatisfying(WatchException.class,
                        e -> assertThat(e.getReason()).isEqualTo(WatchException.Reason.ROOT_GONE));
    }

    @Test
    void fileCannotBeWatched() throws Exception {
        Path file = oldFile("file.txt");
        assertThatThrownBy(() -> watcher().watch(file, IGNORED::equals, recorder)).isInstanceOf(WatchException.class);
    }

    @Test
    void rootMayBeALink() throws Exception {
        Path link = Files.createSymbolicLink(home.resolve("link"), root);
        watches.add(watcher().watch(link, IGNORED::equals, recorder));
        Files.createDirectories(root.resolve("a"));
        recorder.awaitDoubt("a");
        assertThat(recorder.hasFailed()).isFalse();
    }

    @Test
    void closedWatchIsSilent() throws Exception {
        Watch watch = watch();
        watch.close();
        watch.close();
        Recorder other = new Recorder();
        watches.add(watcher().watch(root, IGNORED::equals, other));
        Files.writeString(root.resolve("file.txt"), "x");
        other.awaitFolder("");
        assertThat(recorder.isSilent()).isTrue();
    }

    @Test
    void closeWaitsForARunningCall() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        recorder.onCall(() -> {
            entered.countDown();
            awaitUninterruptibly(go);
        });
        Watch watch = watch();
        Files.writeString(root.resolve("file.txt"), "x");
        awaitUninterruptibly(entered);
        Thread closer = Thread.ofPlatform().start(watch::close);
        await().atMost(Duration.ofSeconds(10)).until(() -> closer.getState() == Thread.State.WAITING);
        go.countDown();
        assertThat(closer.join(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void listenerMayCloseItsWatch() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        Watch watch = watch();
        recorder.onCall(() -> {
            watch.close();
            closed.countDown();
        });
        Files.writeString(root.resolve("file.txt"), "x");
        awaitUninterruptibly(closed);
    }

    @Test
    void listenerThatThrowsHearsOfTheNextChange() throws Exception {
        recorder.onCall(() -> {
            throw new IllegalStateException("thrown by the test's listener");
        });
        watch();
        Files.createDirectories(root.resolve("first"));
        recorder.awaitFolder("first");
        Files.createDirectories(root.resolve("second"));
        recorder.awaitFolder("second");
    }

    @Test
    void burstIsToldInFewCalls() throws Exception {
        Path folder = Files.createDirectories(root.resolve("many"));
        watch();
        for (int i = 0; i < 3000; i++) {
            Files.writeString(folder.resolve("file" + i), "x");
        }
        recorder.awaitFolder("many");
        Files.createDirectories(root.resolve("sentinel"));
        recorder.awaitFolder("sentinel");
        assertThat(recorder.calls()).isLessThan(mostCallsForABurst());
    }

    /** How often a burst of about a second may be told. */
    abstract int mostCallsForABurst();

    @Test
    void thousandsOfFoldersAreWatched() throws Exception {
        for (int i = 0; i < 40; i++) {
            for (int j = 0; j < 50; j++) {
                Files.createDirectories(root.resolve("f" + i + "/g" + j));
            }
        }
        watch();
        Files.writeString(root.resolve("f39/g49/file.txt"), "x");
        recorder.awaitFolder("f39/g49");
        assertThat(recorder.covers("f0/g0")).isFalse();
    }

    @Test
    void everyFolderIsWatchedAfterRandomMovesAndDeletions() throws Exception {
        long seed = 8_675_309;
        Random random = new Random(seed);
        watch();
        for (int i = 0; i < 400; i++) {
            List<Path> folders = Trees.foldersOf(root);
            Path one = folders.get(random.nextInt(folders.size()));
            Path other = folders.get(random.nextInt(folders.size()));
            int dice = random.nextInt(10);
            if (dice < 5) {
                Files.createDirectories(one.resolve("n" + random.nextInt(4)));
            } else if (dice < 6 && !one.equals(root)) {
                Trees.deleteTree(one);
            } else if (!one.equals(root) && !other.startsWith(one)
                    && Files.notExists(other.resolve(one.getFileName()))) {
                Files.move(one, other.resolve(one.getFileName()));
            }
        }
        awaitQuiet();
        List<Path> left = Trees.foldersOf(root);
        for (Path folder : left) {
            Files.writeString(folder.resolve("file.txt"), "x");
        }
        for (Path folder : left) {
            String name = root.relativize(folder).toString();
            await("change in '" + name + "', seed " + seed).atMost(Duration.ofSeconds(10))
                    .pollInterval(Duration.ofMillis(2)).until(() -> recorder.covers(name));
        }
    }

    private Watch watch() throws WatchException {
        Watch watch = watcher().watch(root, IGNORED::equals, recorder);
        watches.add(watch);
        return watch;
    }

    /**
     * Waits until all changes so far were told, and forgets them: a change at another place comes through after them.
     */
    private void awaitQuiet() throws IOException {
        Path sentinel = root.resolve("quiet");
        Files.createDirectories(sentinel);
        recorder.awaitFolder("quiet");
        AtomicInteger seen = new AtomicInteger();
        await().during(Duration.ofMillis(120)).atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(5))
                .until(() -> recorder.calls() == seen.getAndSet(recorder.calls()));
        recorder.clear();
    }

    private Path oldFile(String path) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "old");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2024-02-29T12:00:00Z")));
        return file;
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        await().atMost(Duration.ofSeconds(10)).until(() -> latch.getCount() == 0);
    }
}
