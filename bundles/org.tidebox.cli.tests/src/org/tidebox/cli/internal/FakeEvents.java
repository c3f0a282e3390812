package org.tidebox.cli.internal;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.events.Activity;
import org.tidebox.agent.events.AgentEvents;
import org.tidebox.agent.events.EventKind;
import org.tidebox.agent.events.EventPage;

/** Events that the test hands out page by page; after the last one the agent fails. */
final class FakeEvents implements AgentEvents {
    final Queue<EventPage> pages = new ArrayDeque<>();
    final Queue<String> asked = new ArrayDeque<>();
    List<Activity> log = List.of(activity(2, "letters/old.txt", Activity.Action.DELETED, 0),
            activity(1, "film.mov", Activity.Action.ADDED, 64L << 20));

    static Activity activity(long number, String path, Activity.Action action, long bytes) {
        return new Activity(number, Instant.parse("2026-02-14T09:00:00Z").plusSeconds(number), "/data/papers", path,
                action, number % 2 == 1, bytes);
    }

    @Override
    public synchronized EventPage since(long revision, Set<EventKind> kinds, long timeoutMillis)
            throws AgentException {
        asked.add(revision + " " + kinds);
        EventPage page = pages.poll();
        if (page == null) {
            throw new AgentException("The agent is ending; try again", false);
        }
        return page;
    }

    @Override
    public synchronized List<Activity> activity(long before, int most) {
        return log.stream().filter(entry -> before == 0 || entry.number() < before).limit(most).toList();
    }
}
