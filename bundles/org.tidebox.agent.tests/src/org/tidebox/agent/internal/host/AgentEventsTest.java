package org.tidebox.agent.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.events.Activity;
import org.tidebox.agent.events.AgentEvent;
import org.tidebox.agent.events.EventKind;
import org.tidebox.agent.events.EventPage;
import org.tidebox.sync.device.DoneStep;

/** What faces hear over the control socket. */
@Tag("P1")
class AgentEventsTest extends OnAgentProcess {
    private static final Set<EventKind> ALL = EnumSet.allOf(EventKind.class);
    private static final long LONG_MILLIS = TimeUnit.SECONDS.toMillis(30);

    @Test
    void theStateHasTheRevisionToGoOnFrom() throws Exception {
        join();
        agent().addFolder(documents.toString(), null, false);
        long revision = agent().status().revision();
        assertThat(events().since(0, ALL, 0).readAnew()).isTrue();

        List<AgentEvent> heard = hear(revision, EventKind.FOLDER);
        assertThat(heard).extracting(AgentEvent::kind).contains(EventKind.ACCOUNT, EventKind.FOLDER);

        long later = agent().status().revision();
        agent().pauseFolder(documents.toString());
        assertThat(hear(later, EventKind.FOLDER)).isNotEmpty();
    }

    @Test
    void whoWaitsHearsWhatIsDoneAndTheLogSurvivesARestart() throws Exception {
        join();
        agent().addFolder(documents.toString(), null, false);
        long revision = events().since(0, ALL, 0).revision();
        CompletableFuture<EventPage> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return events().since(revision, Set.of(EventKind.ACTIVITY), LONG_MILLIS);
            } catch (AgentException e) {
                throw new IllegalStateException(e);
            }
        });
        engines.get(documents).listener.done(new DoneStep(DoneStep.Action.ADDED, "letter", true, 12));

        Activity told = ((AgentEvent.ActivityAdded) waiting.get(30, TimeUnit.SECONDS).events().getFirst()).activity();
        assertThat(told.path()).isEqualTo("letter");
        assertThat(told.directory()).isEqualTo(documents.toString());
        assertThat(events().activity(0, 10)).containsExactly(told);

        stop();
        start(false);
        assertThat(events().activity(0, 10)).hasSize(1).first().extracting(Activity::path)
                .isEqualTo("letter");
        assertThat(events().since(revision, ALL, 0).readAnew()).as("another agent").isTrue();
    }

    @Test
    void nothingComesWhereNothingHappens() throws Exception {
        long revision = events().since(0, ALL, 0).revision();
        EventPage first = events().since(revision, ALL, 0);
        assertThat(events().since(first.revision(), Set.of(EventKind.ACTIVITY), 1).events()).isEmpty();
    }

    /** Hears page after page until something of a kind has come. */
    private List<AgentEvent> hear(long revision, EventKind kind) throws AgentException {
        List<AgentEvent> heard = new ArrayList<>();
        long next = revision;
        while (heard.stream().noneMatch(event -> event.kind() == kind)) {
            EventPage page = events().since(next, ALL, LONG_MILLIS);
            assertThat(page.events()).as("in time").isNotEmpty();
            heard.addAll(page.events());
            next = page.revision();
        }
        return heard;
    }
}
