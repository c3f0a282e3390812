package org.tidebox.agent.events;

import java.util.List;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;
import org.tidebox.agent.AgentException;
import org.tidebox.control.Asks;
import org.tidebox.control.ControlName;

/** What happens on this device. Whoever follows it keeps nothing open: each request stands for itself. */
@ProviderType
@ControlName("events")
public interface AgentEvents {
    /** So many entries the log of what was done keeps. */
    int MOST_ACTIVITY = 1_000;

    /**
     * Returns what has happened since a revision; waits if that is nothing yet.
     *
     * @param revision of the state or the page that the caller has; 0 for none
     * @param kinds what the caller wants to hear of
     * @param timeoutMillis the longest wait
     * @return at most some hundreds of events; none if the time is up
     */
    @Asks(waits = true)
    EventPage since(long revision, Set<EventKind> kinds, long timeoutMillis) throws AgentException;

    /**
     * Returns what was done, newest first, also before the agent was started: the last {@link #MOST_ACTIVITY} entries.
     *
     * @param before only entries with a lower number; 0 for all
     * @param most so many at most
     */
    @Asks
    List<Activity> activity(long before, int most) throws AgentException;
}
