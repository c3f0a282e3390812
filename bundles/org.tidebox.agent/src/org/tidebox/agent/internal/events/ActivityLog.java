package org.tidebox.agent.internal.events;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.agent.events.Activity;
import org.tidebox.agent.events.AgentEvent;
import org.tidebox.agent.events.AgentEvents;
import org.tidebox.agent.events.EventKind;
import org.tidebox.sync.device.ActivityEntry;
import org.tidebox.sync.device.ClientDatabase;
import org.tidebox.sync.device.DoneStep;
import org.tidebox.sync.device.TreeStoreException;

/**
 * The log of what was done. It goes to the device's database some seconds later and many entries at once, so that nobody
 * who works waits for it; what a crash takes along in between is missing in the log alone. Thread-safe.
 */
public final class ActivityLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ActivityLog.class);
    private static final int SECONDS = 3;

    private final ClientDatabase database;
    private final EventFeed feed;
    private final InstantSource clock;
    private final Executor later;
    private final Object writing = new Object();
    private final Deque<ActivityEntry> unwritten = new ArrayDeque<>();
    private long number;
    private boolean isWriting;
    private boolean closed;

    /** Goes on with the log in a database. */
    public ActivityLog(ClientDatabase database, EventFeed feed, InstantSource clock) throws TreeStoreException {
        this(database, feed, clock, CompletableFuture.delayedExecutor(SECONDS, TimeUnit.SECONDS));
    }

    /** Writes when an executor says. */
    ActivityLog(ClientDatabase database, EventFeed feed, InstantSource clock, Executor later)
            throws TreeStoreException {
        this.database = database;
        this.feed = feed;
        this.clock = clock;
        this.later = later;
        this.number = database.activity(0, 1).stream().mapToLong(ActivityEntry::number).findFirst().orElse(0);
    }

    /** Something was done in a folder. */
    public void add(Path directory, DoneStep step) {
        boolean isFirst;
        synchronized (this) {
            number++;
            ActivityEntry entry = new ActivityEntry(number, clock.instant(), directory.toString(), step);
            unwritten.addLast(entry);
            if (unwritten.size() > AgentEvents.MOST_ACTIVITY) {
                unwritten.removeFirst();
            }
            feed.publish(EventKind.ACTIVITY, number,
                    revision -> new AgentEvent.ActivityAdded(revision, activity(entry)));
            isFirst = !isWriting && !closed;
            isWriting |= isFirst;
        }
        if (isFirst) {
            later.execute(this::write);
        }
    }

    /** Returns entries as {@link AgentEvents#activity} does. */
    public List<Activity> read(long before, int most) throws TreeStoreException {
        int wanted = Math.clamp(most, 0, AgentEvents.MOST_ACTIVITY);
        List<ActivityEntry> found = new ArrayList<>();
        long next = before;
        for (ActivityEntry entry : unwritten().reversed()) {
            if (found.size() < wanted && (before == 0 || entry.number() < before)) {
                found.add(entry);
                next = entry.number();
            }
        }
        if (found.size() < wanted) {
            found.addAll(database.activity(next, wanted - found.size()));
        }
        return found.stream().map(ActivityLog::activity).toList();
    }

    /** Writes what is not written. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        write();
    }

    private void write() {
        synchronized (writing) {
            List<ActivityEntry> entries;
            synchronized (this) {
                isWriting = false;
                entries = List.copyOf(unwritten);
            }
            try {
                if (!entries.isEmpty()) {
                    database.addActivity(entries, AgentEvents.MOST_ACTIVITY);
                    written(entries.getLast().number());
                }
            } catch (TreeStoreException e) {
                LOG.warn("The log of what was done is not complete in the database: {}", e.getMessage());
            }
        }
    }

    private synchronized void written(long last) {
        unwritten.removeIf(entry -> entry.number() <= last);
    }

    private synchronized List<ActivityEntry> unwritten() {
        return List.copyOf(unwritten);
    }

    private static Activity activity(ActivityEntry entry) {
        DoneStep step = entry.step();
        return new Activity(entry.number(), entry.time(), entry.directory(), step.path(),
                Activity.Action.valueOf(step.action().name()), step.upload(), step.bytes());
    }
}
