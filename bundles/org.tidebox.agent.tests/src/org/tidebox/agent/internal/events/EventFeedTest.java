package org.tidebox.agent.internal.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tidebox.agent.ConnectionState;
import org.tidebox.agent.events.AgentEvent;
import org.tidebox.agent.events.EventKind;
import org.tidebox.agent.events.EventPage;

/** What those hear who follow the feed. */
@Tag("P1")
@Timeout(60)
class EventFeedTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final Set<EventKind> ALL = EnumSet.allOf(EventKind.class);
    private final EventFeed feed = new EventFeed(InstantSource.fixed(START), 1_000);

    @Test
    void eventsComeInTheOrderOfTheirRevisionsAndOnce() {
        long revision = feed.revision();
        publish(EventKind.FOLDER, "a");
        publish(EventKind.CONFLICT, "b");
        publish(EventKind.FOLDER, "c");

        EventPage page = feed.since(revision, ALL);

        assertThat(page.readAnew()).isFalse();
        assertThat(page.events()).extracting(EventFeedTest::text).containsExactly("a", "b", "c");
        assertThat(page.events()).extracting(AgentEvent::revision).isSorted();
        assertThat(feed.since(page.revision(), ALL).events()).isEmpty();
        publish(EventKind.FOLDER, "d");
        assertThat(feed.since(page.revision(), ALL).events()).extracting(EventFeedTest::text).containsExactly("d");
    }

    @Test
    void onlyTheWantedKindsAreHeard() {
        long revision = feed.revision();
        publish(EventKind.FOLDER, "a");
        publish(EventKind.PROBLEM, "b");
        assertThat(feed.since(revision, Set.of(EventKind.PROBLEM)).events()).extracting(EventFeedTest::text)
                .containsExactly("b");
        assertThat(feed.since(feed.since(revision, Set.of(EventKind.ACCOUNT)).revision(), ALL).events()).isEmpty();
    }

    @Test
    void ofAStateOnlyTheLastValueIsKept() {
        long revision = feed.revision();
        for (int i = 0; i < 100_000; i++) {
            publish(EventKind.PROGRESS, "folder", "at " + i);
        }
        assertThat(feed.since(revision, ALL).events()).extracting(EventFeedTest::text).containsExactly("at 99999");
    }

    @Test
    void whoWasAwayTooLongReadsAnew() {
        EventFeed small = new EventFeed(InstantSource.fixed(START), 3);
        long away = small.revision();
        for (int i = 0; i < 4; i++) {
            String key = "entry " + i;
            small.publish(EventKind.ACTIVITY, key, revision -> event(revision, key));
        }
        EventPage page = small.since(away, ALL);
        assertThat(page.readAnew()).isTrue();
        assertThat(page.events()).isEmpty();
        assertThat(small.since(page.revision(), ALL).readAnew()).isFalse();
        assertThat(small.since(away, Set.of(EventKind.FOLDER)).readAnew()).as("another kind").isFalse();
        assertThat(small.since(away + 1, ALL).events()).extracting(EventFeedTest::text)
                .containsExactly("entry 1", "entry 2", "entry 3");
    }

    @Test
    void revisionsOfAnotherAgentLeadToReadingAnew() {
        publish(EventKind.FOLDER, "a");
        EventFeed later = new EventFeed(InstantSource.fixed(START.plusMillis(1)), 1_000);
        later.publish(EventKind.FOLDER, "b", revision -> event(revision, "b"));
        assertThat(later.revision()).isGreaterThan(feed.revision());
        assertThat(later.since(feed.revision(), ALL).readAnew()).isTrue();
        assertThat(feed.since(later.revision(), ALL).readAnew()).isTrue();
        assertThat(feed.since(0, ALL).readAnew()).isTrue();
    }

    @Test
    void manyEventsComeInPages() {
        long revision = feed.revision();
        for (int i = 0; i < EventFeed.PAGE + 1; i++) {
            publish(i % 2 == 0 ? EventKind.PROBLEM : EventKind.CONFLICT, "entry " + i);
        }
        EventPage first = feed.since(revision, ALL);
        EventPage second = feed.since(first.revision(), ALL);
        assertThat(first.events()).hasSize(EventFeed.PAGE);
        assertThat(second.events()).extracting(EventFeedTest::text).containsExactly("entry " + EventFeed.PAGE);
    }

    @Test
    void whoWaitsIsWokenByTheNextEvent() throws Exception {
        long revision = feed.revision();
        CompletableFuture<Void> woken = CompletableFuture.runAsync(() -> {
            try {
                feed.await(revision, TimeUnit.HOURS.toMillis(1));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        publish(EventKind.FOLDER, "a");
        woken.get(30, TimeUnit.SECONDS);
        feed.await(feed.revision(), 0);
        assertThat(feed.since(revision, ALL).events()).hasSize(1);
    }

    @Test
    void aReaderThatStandsStillHoldsNobodyUp() {
        long revision = feed.revision();
        EventPage slow = feed.since(revision, ALL);
        for (int i = 0; i < 20_000; i++) {
            publish(EventKind.ACTIVITY, "entry " + i);
        }
        assertThat(feed.since(slow.revision(), ALL).readAnew()).isTrue();
        assertThat(feed.since(feed.revision() - 1_000, ALL).events()).hasSize(EventFeed.PAGE);
        assertThat(List.copyOf(feed.since(feed.revision() - 1, ALL).events())).extracting(EventFeedTest::text)
                .containsExactly("entry 19999");
    }

    private void publish(EventKind kind, String key) {
        publish(kind, key, key);
    }

    private void publish(EventKind kind, String key, String text) {
        feed.publish(kind, key, revision -> event(revision, text));
    }

    private static AgentEvent event(long revision, String text) {
        return new AgentEvent.AccountChanged(revision, null, ConnectionState.CONNECTED, text);
    }

    private static String text(AgentEvent event) {
        return ((AgentEvent.AccountChanged) event).message();
    }
}
