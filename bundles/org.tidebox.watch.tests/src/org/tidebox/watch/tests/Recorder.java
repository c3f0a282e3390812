package org.tidebox.watch.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.tidebox.watch.WatchException;
import org.tidebox.watch.WatchListener;

/** Remembers what a watch told, and notices calls at the same time. */
final class Recorder implements WatchListener {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Set<String> changed = new HashSet<>();
    private final Map<String, Boolean> entries = new HashMap<>();
    private final Set<String> doubts = new HashSet<>();
    private final List<WatchException> failures = new ArrayList<>();
    private final AtomicBoolean inside = new AtomicBoolean();
    private volatile boolean overlapped;
    private Runnable onCall = () -> {
    };
    private int calls;

    /** Runs this within each later call. */
    synchronized void onCall(Runnable action) {
        onCall = action;
    }

    @Override
    public void changed(Set<Path> there, Set<Path> gone) {
        record(() -> {
            assertThat(Collections.disjoint(there, gone)).isTrue();
            there.forEach(entry -> tell(entry, true));
            gone.forEach(entry -> tell(entry, false));
        });
    }

    @Override
    public void changedIn(Set<Path> folders) {
        record(() -> folders.forEach(folder -> changed.add(text(folder))));
    }

    private void tell(Path entry, boolean isThere) {
        String text = text(entry);
        entries.put(text, isThere);
        changed.add(text.substring(0, Math.max(0, text.lastIndexOf('/'))));
    }

    /** Waits until the last word on this entry was that it is there, or that it is gone. */
    void awaitEntry(String path, boolean isThere) {
        await("'" + path + "'").atMost(PATIENCE).pollInterval(Duration.ofMillis(5))
                .until(() -> isTold(path, isThere));
    }

    private synchronized boolean isTold(String path, boolean isThere) {
        return Boolean.valueOf(isThere).equals(entries.get(path));
    }

    synchronized Set<String> entries() {
        return Set.copyOf(entries.keySet());
    }

    @Override
    public void doubt(Path subtree) {
        record(() -> doubts.add(text(subtree)));
    }

    @Override
    public void failed(WatchException cause) {
        record(() -> failures.add(cause));
    }

    /** Waits until a change in this folder (relative, slashes; empty for the root) was told, by whatever means. */
    void awaitFolder(String folder) {
        await("change in '" + folder + "'").atMost(PATIENCE).pollInterval(Duration.ofMillis(5))
                .until(() -> covers(folder));
    }

    void awaitDoubt(String folder) {
        await("doubt of '" + folder + "'").atMost(PATIENCE).pollInterval(Duration.ofMillis(5))
                .until(() -> isDoubted(folder));
    }

    WatchException awaitFailure() {
        await("failure").atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(this::hasFailed);
        assertThat(overlapped).as("calls at the same time").isFalse();
        return failure();
    }

    synchronized boolean covers(String folder) {
        return changed.contains(folder) || doubts.stream().anyMatch(doubt -> isWithin(folder, doubt));
    }

    synchronized boolean toldAnythingWithin(String folder) {
        return changed.stream().anyMatch(told -> isWithin(told, folder))
                || doubts.stream().anyMatch(told -> isWithin(told, folder));
    }

    synchronized boolean isSilent() {
        return changed.isEmpty() && doubts.isEmpty() && failures.isEmpty();
    }

    synchronized int calls() {
        return calls;
    }

    synchronized void clear() {
        changed.clear();
        entries.clear();
        doubts.clear();
        calls = 0;
    }

    synchronized boolean hasFailed() {
        return !failures.isEmpty();
    }

    private synchronized WatchException failure() {
        assertThat(failures).hasSize(1);
        return failures.getFirst();
    }

    private synchronized boolean isDoubted(String folder) {
        return doubts.contains(folder);
    }

    private void record(Runnable what) {
        overlapped |= !inside.compareAndSet(false, true);
        Runnable action;
        synchronized (this) {
            calls++;
            what.run();
            action = onCall;
        }
        try {
            action.run();
        } finally {
            inside.set(false);
        }
    }

    private static boolean isWithin(String path, String folder) {
        return folder.isEmpty() || path.equals(folder) || path.startsWith(folder + "/");
    }

    private static String text(Path path) {
        assertThat(path.isAbsolute()).isFalse();
        return path.toString().replace('\\', '/');
    }
}
