package org.tidebox.watch.tests;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.watch.Watch;
import org.tidebox.watch.WatchException;
import org.tidebox.watch.Watcher;
import org.tidebox.watch.nio.NioWatcher;
import org.tidebox.watch.nio.Registration;

class NioWatcherTest extends WatcherContract {
    private static final Duration ROOT_CHECK = Duration.ofMillis(100);

    private final Recorder recorder = new Recorder();

    @Override
    Watcher watcher() {
        return new NioWatcher(List.of(new PerFolder()), ROOT_CHECK);
    }

    @Override
    int mostCallsForABurst() {
        return 20;
    }

    @Test
    void lonelyChangeIsToldSoon(@TempDir Path root) throws Exception {
        try (Watch watch = new NioWatcher().watch(root, path -> false, recorder)) {
            long begin = System.nanoTime();
            Files.writeString(root.resolve("file.txt"), "x");
            recorder.awaitFolder("");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void entriesAreNamed(@TempDir Path root) throws Exception {
        Path folder = Files.createDirectories(root.resolve("many"));
        Files.writeString(folder.resolve("edited"), "x");
        Files.writeString(folder.resolve("old name"), "x");
        Files.writeString(folder.resolve("untouched"), "x");
        try (Watch watch = watcher().watch(root, path -> false, recorder)) {
            Files.writeString(folder.resolve("edited"), "y");
            Files.move(folder.resolve("old name"), folder.resolve("new name"));
            Files.writeString(root.resolve("short-lived"), "x");
            Files.delete(root.resolve("short-lived"));
            recorder.awaitEntry("many/edited", true);
            recorder.awaitEntry("many/old name", false);
            recorder.awaitEntry("many/new name", true);
            recorder.awaitEntry("short-lived", false);
        }
        assertThat(recorder.entries())
                .containsExactlyInAnyOrder("many/edited", "many/old name", "many/new name", "short-lived");
    }

    @Test
    void lostEventsPutTheFolderInDoubt(@TempDir Path root) throws Exception {
        Path folder = Files.createDirectories(root.resolve("full"));
        CountDownLatch go = new CountDownLatch(1);
        try (Watch watch = watcher().watch(root, path -> false, recorder)) {
            blockInCall(root, go);
            // More than the 512 that the JDK keeps per folder.
            for (int i = 0; i < 2000; i++) {
                Files.writeString(folder.resolve("file" + i), "x");
            }
            Files.createDirectories(folder.resolve("lost/deep"));
            go.countDown();
            recorder.awaitDoubt("full");
            recorder.clear();
            Files.writeString(folder.resolve("lost/deep/file"), "x");
            recorder.awaitFolder("full/lost/deep");
        }
    }

    @Test
    void moveSeenAtItsTargetFirstKeepsTheFolderWatched(@TempDir Path root) throws Exception {
        Files.createDirectories(root.resolve("from/moving/deep"));
        Path to = Files.createDirectories(root.resolve("to"));
        CountDownLatch go = new CountDownLatch(1);
        try (Watch watch = watcher().watch(root, path -> false, recorder)) {
            blockInCall(root, go);
            Files.writeString(to.resolve("queues the target's events before the source's"), "x");
            Files.move(root.resolve("from/moving"), to.resolve("moving"));
            go.countDown();
            recorder.awaitDoubt("to/moving");
            recorder.awaitFolder("from");
            recorder.clear();
            Files.writeString(to.resolve("moving/deep/file"), "x");
            recorder.awaitFolder("to/moving/deep");
        }
    }

    /** Returns when the watch is inside a call, where it stays until told to go on. */
    private void blockInCall(Path root, CountDownLatch go) throws IOException {
        CountDownLatch entered = new CountDownLatch(1);
        recorder.onCall(() -> {
            entered.countDown();
            await().atMost(Duration.ofSeconds(20)).until(() -> go.getCount() == 0);
        });
        Files.writeString(root.resolve("first"), "x");
        await().until(() -> entered.getCount() == 0);
    }

    @Test
    void reachedLimitIsExplained(@TempDir Path root) throws Exception {
        Files.createDirectories(root.resolve("one/two"));
        Watcher limited = new NioWatcher(List.of(new Limited(2)), ROOT_CHECK);
        assertThatThrownBy(() -> limited.watch(root, path -> false, recorder))
                .hasMessageContaining("sudo sysctl fs.inotify.max_user_watches=")
                .isInstanceOfSatisfying(WatchException.class,
                        e -> assertThat(e.getReason()).isEqualTo(WatchException.Reason.LIMIT_REACHED));
    }

    @Test
    void limitReachedLaterEndsTheWatch(@TempDir Path root) throws Exception {
        Watcher limited = new NioWatcher(List.of(new Limited(2)), ROOT_CHECK);
        try (Watch watch = limited.watch(root, path -> false, recorder)) {
            Files.createDirectories(root.resolve("one/two"));
            WatchException failure = recorder.awaitFailure();
            assertThat(failure.getReason()).isEqualTo(WatchException.Reason.LIMIT_REACHED);
            assertThat(recorder.covers("")).as("what was noticed before").isTrue();
        }
    }

    @Test
    void unsupportedRegistrationFallsBack(@TempDir Path root) throws Exception {
        Watcher watcher = new NioWatcher(List.of(new Unsupported(), new PerFolder()), ROOT_CHECK);
        try (Watch watch = watcher.watch(root, path -> false, recorder)) {
            Files.writeString(root.resolve("file"), "x");
            recorder.awaitFolder("");
        }
        assertThatThrownBy(() -> new NioWatcher(List.of(new Unsupported()), ROOT_CHECK)
                .watch(root, path -> false, recorder))
                .isInstanceOf(WatchException.class).hasMessageContaining("polling");
    }

    /** As on Linux. */
    private static class PerFolder implements Registration {
        @Override
        public boolean coversSubtree() {
            return false;
        }

        @Override
        public WatchKey register(Path folder, WatchService service) throws IOException {
            return folder.register(service, ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY);
        }
    }

    /** Fails after so many folders, with the JDK's message. */
    private static final class Limited extends PerFolder {
        private int left;

        Limited(int left) {
            this.left = left;
        }

        @Override
        public WatchKey register(Path folder, WatchService service) throws IOException {
            if (left-- <= 0) {
                throw new IOException("User limit of inotify watches reached");
            }
            return super.register(folder, service);
        }
    }

    private static final class Unsupported extends PerFolder {
        @Override
        public WatchKey register(Path folder, WatchService service) {
            throw new UnsupportedOperationException("Modifier not supported");
        }
    }
}
