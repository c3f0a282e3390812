package org.tidebox.cli.internal.commands;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.events.Activity;
import org.tidebox.agent.events.AgentEvent;
import org.tidebox.agent.events.AgentEvents;
import org.tidebox.agent.events.EventKind;
import org.tidebox.agent.events.EventPage;
import org.tidebox.agent.session.AgentSession;
import org.tidebox.cli.internal.shell.Outcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tidebox activity}. */
@Command(name = "activity")
public final class ActivityCommand extends OnAgent {
    private static final Set<EventKind> KINDS = EnumSet.of(EventKind.ACTIVITY);
    private static final long LONG_MILLIS = 30_000;

    @Option(names = "--most", paramLabel = "N", defaultValue = "20")
    private int most;

    @Option(names = "--follow")
    private boolean follow;

    public ActivityCommand(Context context) {
        super(context);
    }

    @Override
    public Outcome call() throws Exception {
        return session(session -> follow ? follow(session) : once(session));
    }

    private Outcome once(AgentSession session) throws AgentException {
        List<Activity> entries = session.events().activity(0, most).reversed();
        ActivityText text = new ActivityText(shell);
        return Outcome.done(entries,
                entries.isEmpty() ? List.of("Nothing was done yet.") : entries.stream().map(text::line).toList());
    }

    /** Goes on until somebody ends it, or the agent is gone. */
    private Outcome follow(AgentSession session) throws AgentException {
        AgentEvents events = session.events();
        long revision = session.agent().status().revision();
        long last = show(events.activity(0, most).reversed(), 0);
        while (true) {
            EventPage page = events.since(revision, KINDS, LONG_MILLIS);
            if (page.readAnew()) {
                revision = session.agent().status().revision();
                last = show(events.activity(0, AgentEvents.MOST_ACTIVITY).reversed(), last);
            } else {
                revision = page.revision();
                last = show(page.events().stream().map(AgentEvent.ActivityAdded.class::cast)
                        .map(AgentEvent.ActivityAdded::activity).toList(), last);
            }
        }
    }

    /** Prints what is newer than what was printed last; returns the number of the last entry. */
    private long show(List<Activity> entries, long last) {
        ActivityText text = new ActivityText(shell);
        long newest = last;
        for (Activity entry : entries) {
            if (entry.number() > newest) {
                newest = entry.number();
                if (options.json) {
                    shell.out().documentLine(entry);
                } else {
                    shell.out().line(text.line(entry));
                }
            }
        }
        return newest;
    }
}
