package org.tidebox.agent.internal.events;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.events.Activity;
import org.tidebox.agent.events.AgentEvents;
import org.tidebox.agent.events.EventKind;
import org.tidebox.agent.events.EventPage;
import org.tidebox.sync.device.TreeStoreException;

/** Answers those who follow what happens. */
public record EventDesk(EventFeed feed, StateWatch watch, ActivityLog log) implements AgentEvents {
    private static final Set<EventKind> TOLD_BY_ITSELF = EnumSet.of(EventKind.ACTIVITY);

    @Override
    public EventPage since(long revision, Set<EventKind> kinds, long timeoutMillis) throws AgentException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        try {
            EventPage page = look(revision, kinds);
            while (page.events().isEmpty() && !page.readAnew() && System.nanoTime() - end < 0) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()) + 1;
                feed.await(page.revision(), Math.min(left, StateWatch.PACE.toMillis()));
                page = look(page.revision(), kinds);
            }
            return page;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AgentException("The agent is ending; try again", false, e);
        }
    }

    private EventPage look(long revision, Set<EventKind> kinds) {
        if (!TOLD_BY_ITSELF.containsAll(kinds)) {
            watch.look();
        }
        return feed.since(revision, kinds);
    }

    @Override
    public List<Activity> activity(long before, int most) throws AgentException {
        try {
            return log.read(before, most);
        } catch (TreeStoreException e) {
            throw new AgentException(e.getMessage(), e.isPermanent(), e);
        }
    }
}
