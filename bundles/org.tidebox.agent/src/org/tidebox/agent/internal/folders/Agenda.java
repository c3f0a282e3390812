package org.tidebox.agent.internal.folders;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.tidebox.sync.folder.HeadNews;
import org.tidebox.sync.folder.ScanScope;
import org.tidebox.watch.EntryChanges;
import org.tidebox.watch.WatchListener;

/**
 * What a folder's runner has to look at next. Watcher, server news and people write into it; the runner's thread waits for it and takes
 * everything at once. Thread-safe.
 */
public final class Agenda {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private EntryChanges entries = new EntryChanges();
    private Set<Path> subtrees = new HashSet<>();
    private boolean ask;
    private HeadNews news = HeadNews.KNOWN;
    private boolean wanted;
    private boolean closed;
    private long issued;

    /**
     * What to look at in one round.
     *
     * @param scope where to look for local changes
     * @param news what the server told of the library's head
     * @param wanted whether the server asks for what it has lost
     * @param ticket the last {@link Agenda#everything() ticket} given out when this was taken
     * @param closed whether the runner must end
     */
    record Items(ScanScope scope, HeadNews news, boolean wanted, long ticket, boolean closed) {
    }

    /** These entries, relative to the sync folder, changed or left their places, as {@link WatchListener#changed} tells. */
    void changed(Set<Path> there, Set<Path> gone) {
        write(() -> {
            there.forEach(entries::there);
            gone.forEach(entries::gone);
        });
    }

    /** Any entry of these folders, relative to the sync folder, may have changed. */
    void changedIn(Set<Path> folders) {
        write(() -> folders.forEach(entries::folder));
    }

    /** Anything may have changed below this folder. */
    void doubt(Path subtree) {
        write(() -> subtrees.add(subtree));
    }

    /** The server told that the library has moved on to this head. */
    void moved(HeadNews more) {
        write(() -> news = news.join(more));
    }

    /** The server asks for what it has lost. */
    void wanted() {
        write(() -> wanted = true);
    }

    /** The server is to be asked, such as when news may have been missed, or when trying again makes sense now. */
    void ask() {
        write(() -> ask = true);
    }

    /** Asks for a look at everything, here and on the server; returns a ticket that later rounds can be compared with. */
    long everything() {
        return look(List.of(Path.of("")));
    }

    /** Asks for a look at some places, relative to the sync folder, and on the server; returns a ticket as {@link #everything} does. */
    long look(Collection<Path> places) {
        lock.lock();
        try {
            subtrees.addAll(places);
            ask = true;
            issued++;
            changed.signalAll();
            return issued;
        } finally {
            lock.unlock();
        }
    }

    /** Lets the runner end. */
    void close() {
        write(() -> closed = true);
    }

    /** Waits the given time, whatever there is to do, unless somebody {@linkplain #ask() wakes} or {@linkplain #close() ends} the runner. */
    void rest(Duration time) throws InterruptedException {
        lock.lock();
        try {
            long left = time.toNanos();
            while (!ask && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for something, at most the given time, and takes it all; what comes back may be empty. */
    Items take(Duration longest) throws InterruptedException {
        lock.lock();
        try {
            long left = longest.toNanos();
            while (entries.isEmpty() && subtrees.isEmpty() && !ask && news.equals(HeadNews.KNOWN) && !wanted
                    && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            boolean all = subtrees.contains(Path.of(""));
            Items items = new Items(all ? ScanScope.EVERYTHING : scope(),
                    ask ? HeadNews.UNKNOWN : news, wanted, issued, closed);
            entries = new EntryChanges();
            subtrees = new HashSet<>();
            ask = false;
            wanted = false;
            news = HeadNews.KNOWN;
            return items;
        } finally {
            lock.unlock();
        }
    }

    private ScanScope scope() {
        return new ScanScope(entries.there(), entries.gone(), entries.folders(), subtrees);
    }

    private void write(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
