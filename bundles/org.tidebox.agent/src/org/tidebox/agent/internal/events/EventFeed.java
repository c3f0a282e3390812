package org.tidebox.agent.internal.events;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import org.tidebox.agent.events.AgentEvent;
import org.tidebox.agent.events.EventKind;
import org.tidebox.agent.events.EventPage;

/**
 * The newest events, of each state the last one only. Who publishes never waits for who reads: what does not fit is
 * dropped, oldest first, and a reader who would have needed it reads the state anew. Thread-safe.
 */
public final class EventFeed {
    /** So many events make a page. */
    static final int PAGE = 500;
    /** Revisions go on from the time, so that those of an agent that was started later are higher. */
    private static final long PER_MILLISECOND = 1_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition published = lock.newCondition();
    private final Map<EventKind, Recent> recent = new EnumMap<>(EventKind.class);
    private final long start;
    private long last;

    /** The events of one kind. */
    private static final class Recent {
        private final SequencedMap<Object, AgentEvent> byKey = new LinkedHashMap<>();
        /** The revision of the last event that was dropped. */
        private long dropped;
    }

    private final int mostPerKind;

    /** Begins without events, with a revision that is higher than those of earlier agents. */
    public EventFeed(InstantSource clock, int mostPerKind) {
        this.mostPerKind = mostPerKind;
        start = clock.millis() * PER_MILLISECOND;
        last = start;
        for (EventKind kind : EventKind.values()) {
            recent.put(kind, new Recent());
        }
    }

    /** Returns the revision of the last event. */
    public long revision() {
        lock.lock();
        try {
            return last;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Tells of something.
     *
     * @param key of the state that it is about: what was told of that before is told no more
     * @param event makes the event with its revision
     */
    public void publish(EventKind kind, Object key, LongFunction<AgentEvent> event) {
        lock.lock();
        try {
            last++;
            Recent events = recent.get(kind);
            events.byKey.remove(key);
            events.byKey.put(key, event.apply(last));
            if (events.byKey.size() > mostPerKind) {
                events.dropped = events.byKey.pollFirstEntry().getValue().revision();
            }
            published.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns what came after a revision; none if that is nothing. */
    public EventPage since(long revision, Collection<EventKind> kinds) {
        lock.lock();
        try {
            if (revision < start || revision > last
                    || kinds.stream().anyMatch(kind -> recent.get(kind).dropped > revision)) {
                return new EventPage(last, true, List.of());
            }
            List<AgentEvent> events = new ArrayList<>();
            kinds.forEach(kind -> events.addAll(after(revision, recent.get(kind))));
            events.sort(Comparator.comparingLong(AgentEvent::revision));
            return events.size() > PAGE
                    ? new EventPage(events.get(PAGE - 1).revision(), false, events.subList(0, PAGE))
                    : new EventPage(last, false, events);
        } finally {
            lock.unlock();
        }
    }

    private static Collection<AgentEvent> after(long revision, Recent events) {
        Deque<AgentEvent> found = new ArrayDeque<>();
        Iterator<AgentEvent> newestFirst = events.byKey.sequencedValues().reversed().iterator();
        while (newestFirst.hasNext()) {
            AgentEvent event = newestFirst.next();
            if (event.revision() <= revision) {
                break;
            }
            found.addFirst(event);
        }
        return found;
    }

    /** Waits until there is an event after a revision, for some time at most. */
    public void await(long revision, long millis) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (last <= revision && left > 0) {
                left = published.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
