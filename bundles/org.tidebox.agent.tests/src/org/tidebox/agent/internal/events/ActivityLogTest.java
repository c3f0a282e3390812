package org.tidebox.agent.internal.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.agent.events.Activity;
import org.tidebox.agent.events.AgentEvent;
import org.tidebox.agent.events.AgentEvents;
import org.tidebox.agent.events.EventKind;
import org.tidebox.agent.internal.folders.FakeDatabase;
import org.tidebox.sync.device.DoneStep;
import org.tidebox.sync.device.TreeStoreException;

/** The log of what was done. */
@Tag("P1")
class ActivityLogTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Path PAPERS = Path.of("/home/ada/papers");
    private final FakeDatabase database = new FakeDatabase();
    private final EventFeed feed = new EventFeed(InstantSource.fixed(NOW), AgentEvents.MOST_ACTIVITY);
    private final Queue<Runnable> later = new ArrayDeque<>();
    private ActivityLog log;

    @BeforeEach
    void open() throws TreeStoreException {
        log = new ActivityLog(database, feed, InstantSource.fixed(NOW), later::add);
    }

    @Test
    void entriesAreToldAtOnceAndWrittenTogether() throws Exception {
        long revision = feed.revision();
        log.add(PAPERS, step("a"));
        log.add(PAPERS, step("b"));

        Activity first = new Activity(1, NOW, PAPERS.toString(), "a", Activity.Action.ADDED, true, 7);
        assertThat(feed.since(revision, Set.of(EventKind.ACTIVITY)).events()).hasSize(2).first()
                .isEqualTo(new AgentEvent.ActivityAdded(revision + 1, first));
        assertThat(log.read(0, 10)).extracting(Activity::path).containsExactly("b", "a");
        assertThat(database.activity(0, 10)).as("nobody who works waits for the database").isEmpty();

        assertThat(later).as("one write for both").hasSize(1);
        later.remove().run();
        log.add(PAPERS, step("c"));
        assertThat(database.activity(0, 10)).hasSize(2);
        assertThat(log.read(0, 10)).extracting(Activity::number).containsExactly(3L, 2L, 1L);
        assertThat(log.read(3, 10)).extracting(Activity::number).containsExactly(2L, 1L);
        assertThat(log.read(0, 2)).extracting(Activity::number).containsExactly(3L, 2L);
        assertThat(later).hasSize(1);
    }

    @Test
    void theLogGoesOnAfterARestart() throws Exception {
        log.add(PAPERS, step("a"));
        log.close();
        ActivityLog next = new ActivityLog(database, feed, InstantSource.fixed(NOW), later::add);
        next.add(PAPERS, step("b"));
        assertThat(next.read(0, 10)).extracting(Activity::path).containsExactly("b", "a");
        assertThat(next.read(0, 10)).extracting(Activity::number).containsExactly(2L, 1L);
    }

    @Test
    void onlyTheNewestEntriesStay() throws Exception {
        for (int i = 0; i < AgentEvents.MOST_ACTIVITY + 500; i++) {
            log.add(PAPERS, step("file " + i));
        }
        log.close();
        log.add(PAPERS, step("last"));
        log.close();
        assertThat(database.activity(0, Integer.MAX_VALUE)).hasSize(AgentEvents.MOST_ACTIVITY);
        assertThat(log.read(0, Integer.MAX_VALUE)).hasSize(AgentEvents.MOST_ACTIVITY).first()
                .extracting(Activity::path).isEqualTo("last");
    }

    private static DoneStep step(String path) {
        return new DoneStep(DoneStep.Action.ADDED, path, true, 7);
    }
}
