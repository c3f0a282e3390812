package org.tidebox.agent.internal.folders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.sync.SyncFolder;
import org.tidebox.sync.folder.ScanScope;
import org.tidebox.watch.WatchException;

@Tag("P4")
class FolderWatchTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    private final FakeWatchers watchers = new FakeWatchers();
    private final Agenda agenda = new Agenda();
    private FakeWatchers.FakeWatcher first;
    private FolderWatch watch;

    @BeforeEach
    void begin() {
        first = watchers.add("first", 1);
        watch = new FolderWatch(Path.of("/folder"), watchers, agenda, () -> "");
    }

    @AfterEach
    void end() {
        watch.close();
    }

    @Test
    @Tag("C1")
    void whatTheWatcherSeesIsOnTheAgenda() throws InterruptedException {
        watch.start();
        assertThat(agenda.take(SOON).scope()).isEqualTo(ScanScope.EVERYTHING);
        first.listeners.get(0).changed(Set.of(Path.of("new")), Set.of(Path.of("old")));
        first.listeners.get(0).changed(Set.of(Path.of("old")), Set.of(Path.of("letters/a")));
        assertThat(agenda.take(SOON).scope()).isEqualTo(
                ScanScope.entries(Set.of(Path.of("new"), Path.of("old")), Set.of(Path.of("letters/a"))));
        first.listeners.get(0).changedIn(Set.of(Path.of("letters")));
        assertThat(agenda.take(SOON).scope()).isEqualTo(ScanScope.folders(Set.of(Path.of("letters"))));
        first.listeners.get(0).doubt(Path.of("notes"));
        assertThat(agenda.take(SOON).scope()).isEqualTo(ScanScope.subtrees(Set.of(Path.of("notes"))));
    }

    @Test
    void swappedWatcherIsLetGoAndEverythingIsLookedAtAfterTheNewOneStands() throws Exception {
        watch.start();
        agenda.take(SOON);
        FakeWatchers.FakeWatcher second = watchers.add("second", 0);
        agenda.take(SOON);
        watchers.point.use("second");
        assertThat(agenda.take(SOON).scope()).isEqualTo(ScanScope.EVERYTHING);
        assertThat(watch.provider()).isEqualTo("second");
        assertThat(first.listeners).isEmpty();
        assertThat(second.listeners).hasSize(1);
    }

    @Test
    void removedWatcherIsReplacedByTheOneThatIsLeft() {
        watchers.add("second", 0);
        watch.start();
        await().atMost(SOON).until(() -> "first".equals(watch.provider()));
        long started = System.nanoTime();
        watchers.point.remove(first);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5));
        await().atMost(SOON).until(() -> "second".equals(watch.provider()));
    }

    @Test
    void anotherWatcherIsTakenWhereTheFirstHasNoRoom() throws Exception {
        first.full = true;
        watchers.add("polling", 0);
        watch.start();
        await().atMost(SOON).until(() -> "polling".equals(watch.provider()));
        assertThat(watch.notice()).isEqualTo("no more watches");
        first.full = false;
        watchers.point.use("first");
        await().atMost(SOON).until(() -> "first".equals(watch.provider()));
        assertThat(watch.notice()).isNull();
    }

    @Test
    void watcherThatFailsByAnErrorDoesNotEndTheWatchingWithoutAWord() throws Exception {
        first.broken = new StackOverflowError("the test says so");
        watch.start();
        assertThat(agenda.take(SOON).scope()).isEqualTo(ScanScope.EVERYTHING);
        assertThat(watch.notice()).contains("the test says so");
        first.broken = null;
        watchers.point.use("first");
        await().atMost(SOON).until(() -> "first".equals(watch.provider()));
        assertThat(watch.notice()).isNull();
    }

    @Test
    void watchThatEndsByItselfIsMadeAnew() throws InterruptedException {
        watch.start();
        agenda.take(SOON);
        first.listeners.get(0)
                .failed(new WatchException(WatchException.Reason.IO, Path.of("/folder"), "the test says so", null));
        assertThat(agenda.take(SOON).scope()).isEqualTo(ScanScope.EVERYTHING);
        await().atMost(SOON).until(() -> first.listeners.size() == 1 && "first".equals(watch.provider()));
    }

    @Test
    void folderIsLookedAtEvenIfNobodyCanWatchIt() throws InterruptedException {
        first.full = true;
        watch.start();
        assertThat(agenda.take(SOON).scope()).isEqualTo(ScanScope.EVERYTHING);
        assertThat(watch.provider()).isNull();
    }

    @Test
    @Tag("C1")
    void aRootThatIsMovedAwayIsLookedAtAndAllInIt(@TempDir Path temp) throws Exception {
        Path root = Files.createDirectory(temp.resolve("root"));
        try (FolderWatch here = new FolderWatch(root, watchers, agenda, () -> "")) {
            here.start();
            agenda.take(SOON);
            assertThat(here.isMovedOrMounted()).isFalse();
            Files.move(root, temp.resolve("away"));
            assertThat(agenda.take(SOON).scope()).isEqualTo(ScanScope.EVERYTHING);
            Files.move(temp.resolve("away"), root);
            assertThat(here.isMovedOrMounted()).isTrue();
        }
    }

    @Test
    @Tag("C1")
    void aDiskThatOnlyARunMetIsLookedForOnceItIsGone(@TempDir Path root) throws Exception {
        AtomicReference<String> seen = new AtomicReference<>("");
        try (FolderWatch here = new FolderWatch(root, watchers, agenda, seen::get)) {
            here.start();
            agenda.take(SOON);
            assertThat(here.isMovedOrMounted()).isFalse();
            seen.set("with a disk");
            assertThat(here.isMovedOrMounted()).isTrue();
            assertThat(agenda.take(SOON).scope()).isEqualTo(ScanScope.EVERYTHING);
            seen.set(SyncFolder.ground(root));
            assertThat(here.isMovedOrMounted()).isFalse();
        }
    }
}
