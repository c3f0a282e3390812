package org.tidebox.agent.internal.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.agent.AccountStatus;
import org.tidebox.agent.ConnectionState;
import org.tidebox.agent.ContentTransfer;
import org.tidebox.agent.FolderActivity;
import org.tidebox.agent.events.AgentEvent;
import org.tidebox.agent.events.EventKind;
import org.tidebox.agent.events.EventPage;
import org.tidebox.agent.events.FolderProgress;
import org.tidebox.agent.events.FolderQuestion;
import org.tidebox.agent.internal.folders.FakeEngine;
import org.tidebox.agent.internal.folders.OpenFolder;
import org.tidebox.agent.internal.folders.RestingFolder;
import org.tidebox.sync.folder.FolderMessage;
import org.tidebox.sync.folder.FolderState;
import org.tidebox.sync.folder.FolderStatus;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.sync.folder.Problem;
import org.tidebox.sync.folder.Question;
import org.tidebox.sync.folder.SyncTotals;
import org.tidebox.sync.folder.Transfer;
import org.tidebox.sync.folder.WorkLeft;

/** What is told of account and folders, a look at a time. */
@Tag("P1")
class StateWatchTest {
    private static final Path ROOT = Path.of("/home/ada/papers");
    private final FakeEngine engine = new FakeEngine();
    private final List<OpenFolder> folders = new ArrayList<>();
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");
    private final EventFeed feed = new EventFeed(() -> now, 1_000);
    private StateWatch.Account account = new StateWatch.Account(null, ConnectionState.LOGGED_OUT, null);
    private Optional<FolderQuestion> asked = Optional.empty();
    private StateWatch watch;
    private RestingFolder resting;
    private long revision;

    @BeforeEach
    void open() {
        resting = new RestingFolder(ROOT, engine, new Random(4));
        folders.add(resting.folder());
        watch = new StateWatch(feed, () -> account, () -> folders, root -> asked, () -> now);
        revision = feed.revision();
        look();
    }

    @AfterEach
    void close() {
        resting.close();
    }

    @Test
    void onlyWhatHasChangedIsTold() {
        assertThat(look()).isEmpty();
        account = new StateWatch.Account(new AccountStatus("ada", "laptop", "https://s"), ConnectionState.CONNECTED,
                null);
        assertThat(look()).extracting(AgentEvent::kind).containsExactly(EventKind.ACCOUNT);
        state(FolderState.STOPPED_BY_VALVE, new Question.RootEmptied(31, 0));
        assertThat(look()).satisfiesExactly(
                event -> assertThat(((AgentEvent.FolderChanged) event).folder().activity())
                        .isEqualTo(FolderActivity.ASKING),
                event -> assertThat(((AgentEvent.QuestionChanged) event).question())
                        .isEqualTo(
                                new FolderQuestion(FolderQuestion.Kind.STOPPED, new Question.RootEmptied(31, 0), 0)));
        state(FolderState.IDLE, null);
        asked = Optional.of(new FolderQuestion(FolderQuestion.Kind.RULES, null, 3));
        assertThat(look()).extracting(AgentEvent::kind).containsExactly(EventKind.FOLDER, EventKind.QUESTION);
        asked = Optional.empty();
        assertThat(look()).singleElement()
                .satisfies(event -> assertThat(((AgentEvent.QuestionChanged) event).question()).isNull());
    }

    @Test
    void problemsComeAndGo() {
        problems(new Problem("a", new Obstacle.AccessDenied(), true),
                new Problem("b", new Obstacle.AccessDenied(), true));
        assertThat(look()).filteredOn(AgentEvent.ProblemChanged.class::isInstance).hasSize(2);
        problems(new Problem("a", new Obstacle.AccessDenied(), false));
        assertThat(look()).filteredOn(AgentEvent.ProblemChanged.class::isInstance)
                .map(AgentEvent.ProblemChanged.class::cast)
                .extracting(AgentEvent.ProblemChanged::path, AgentEvent.ProblemChanged::reason,
                        AgentEvent.ProblemChanged::retried)
                .containsExactlyInAnyOrder(tuple("a", new Obstacle.AccessDenied(), false),
                        tuple("b", null, false));
        assertThat(look()).isEmpty();
    }

    @Test
    void progressIsTotalsTransfersRateAndTimeLeft() {
        transfers(0, 0, 100, new Transfer("film", false, 0, 1_000));
        engine.left = new WorkLeft(0, 0, 4_000);
        assertThat(progress()).isEqualTo(new FolderProgress(false, 0, 100, 0, 4_000, 0, null,
                List.of(new ContentTransfer("film", false, 0, 1_000))));
        now = now.plusSeconds(2);
        transfers(1, 1_000, 99, new Transfer("song", false, 500, 500));
        engine.left = new WorkLeft(0, 0, 3_000);
        assertThat(progress()).isEqualTo(new FolderProgress(false, 1, 100, 1_500, 4_000, 666, Duration.ofSeconds(4),
                List.of(new ContentTransfer("song", false, 500, 500))));
        state(FolderState.IDLE, null);
        assertThat(progress()).isEqualTo(FolderProgress.NONE);
    }

    @Test
    void uploadsCountWithTheirLengthsAndNothingStepsBack() {
        transfers(0, 0, 2, new Transfer("film", true, 400, 1_000));
        FolderProgress first = progress();
        assertThat(List.of(first.bytes(), first.bytesTotal())).containsExactly(400L, 1_000L);
        // Read and sent, but not confirmed.
        engine.status = new FolderStatus(FolderState.SYNCING, engine.status.message(), 0, 2, List.of(),
                SyncTotals.NONE, 0, 0, List.of(), List.of());
        FolderProgress second = progress();
        assertThat(List.of(second.bytes(), second.bytesTotal())).containsExactly(400L, 1_000L);
    }

    @Test
    void aScanTellsHowManyEntriesItHasLookedAt() {
        state(FolderState.SCANNING, null);
        engine.left = new WorkLeft(30, 90, 0);
        assertThat(progress()).isEqualTo(new FolderProgress(true, 30, 90, 0, 0, 0, null, List.of()));
        now = now.plusSeconds(3).minus(StateWatch.PACE);
        engine.left = new WorkLeft(60, 90, 0);
        assertThat(progress().left()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void whoLooksTooOftenSeesWhatWasSeen() {
        state(FolderState.SCANNING, null);
        now = now.minus(StateWatch.PACE);
        watch.look();
        now = now.plus(StateWatch.PACE).minusMillis(1);
        EventPage before = feed.since(revision, EnumSet.allOf(EventKind.class));
        state(FolderState.IDLE, null);
        watch.look();
        assertThat(feed.revision()).isEqualTo(before.revision());
    }

    @Test
    void aRemovedFolderIsToldOnce() {
        folders.clear();
        assertThat(look()).containsExactly(new AgentEvent.FolderRemoved(revision, ROOT.toString()));
        assertThat(look()).isEmpty();
    }

    private FolderProgress progress() {
        return look().stream().filter(AgentEvent.ProgressChanged.class::isInstance)
                .map(event -> ((AgentEvent.ProgressChanged) event).progress()).findFirst().orElseThrow();
    }

    private List<AgentEvent> look() {
        now = now.plus(StateWatch.PACE);
        watch.look();
        EventPage page = feed.since(revision, EnumSet.allOf(EventKind.class));
        revision = page.revision();
        return page.events();
    }

    private void state(FolderState state, FolderMessage message) {
        engine.status = new FolderStatus(state, message, 0, 0, List.of(), SyncTotals.NONE, 0, 0, List.of(), List.of());
    }

    private void problems(Problem... problems) {
        engine.status = new FolderStatus(FolderState.IDLE, null, 0, 0, List.of(), SyncTotals.NONE, 0, 0,
                List.of(problems), List.of());
    }

    private void transfers(long files, long bytes, long pending, Transfer transfer) {
        engine.status = new FolderStatus(FolderState.SYNCING, null, 0, pending, List.of(transfer),
                new SyncTotals(0, 0, files, bytes, 0, files, 0), 0, 0, List.of(), List.of());
    }
}
