package org.tidebox.agent.events;

import java.util.List;

/**
 * What has happened since a revision.
 *
 * @param revision to go on from
 * @param readAnew whether some of it is no longer known: the caller reads the state anew, and goes on from its revision
 * @param events by revision
 */
public record EventPage(long revision, boolean readAnew, List<AgentEvent> events) {
    /** Freezes the list. */
    public EventPage {
        events = List.copyOf(events);
    }
}
