package org.tidebox.agent.internal.folders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.remote.RemoteException.Reason;
import org.tidebox.sync.folder.AskedBatch;
import org.tidebox.sync.folder.HeadNews;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.sync.folder.Problem;
import org.tidebox.sync.folder.Pulse;
import org.tidebox.sync.folder.ScanScope;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.Mark;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.wire.PushedChanges;

@Tag("C1")
class FolderRunnerTest {
    private final FakeEngine engine = new FakeEngine();
    private final Agenda agenda = new Agenda();
    private final List<AskedBatch> asked = new CopyOnWriteArrayList<>();
    private FolderRunner runner;

    @BeforeEach
    void begin() {
        runner = new FolderRunner("test", engine, agenda, asked::add, new Random(1));
        runner.start();
    }

    @AfterEach
    void end() {
        runner.close();
    }

    @Test
    void hintOfTheWatcherIsLookedAtWithoutAskingTheServer() {
        agenda.changedIn(Set.of(Path.of("letters")));
        awaitRuns(1);
        assertThat(engine.runs).containsExactly(
                new FakeEngine.Run(ScanScope.folders(Set.of(Path.of("letters"))), HeadNews.KNOWN));
    }

    @Test
    @Tag("C4")
    void newsOfTheServerIsPassedOnWithoutLookingAtTheDisk() {
        agenda.moved(new HeadNews(42));
        awaitRuns(1);
        assertThat(engine.runs).containsExactly(new FakeEngine.Run(ScanScope.NOTHING, new HeadNews(42)));
    }

    @Test
    @Tag("C6")
    void whatComesWithTheNewsIsPassedOnInOneWhereItIsARow() {
        Node folder = Node.folder(NodeId.random(new Random(2)), NodeId.ROOT, "a", new Attributes(0755, 1));
        HeadNews first = news(folder.withSequence(1), Mark.START);
        HeadNews second = news(folder.withDeleted(true).withSequence(2), first.pushed().mark());
        engine.answers.add(() -> {
            agenda.moved(second);
            agenda.moved(first);
            return FakeEngine.QUIET;
        });
        agenda.changedIn(Set.of(Path.of("letters")));
        awaitRuns(2);
        assertThat(engine.runs.get(1).news()).isEqualTo(first.join(second));
        assertThat(engine.runs.get(1).news().pushed().commits()).hasSize(2);
    }

    private static HeadNews news(Node node, Mark before) {
        CommitId commit = CommitId.random(new Random(node.sequence()));
        PushedChanges pushed = PushedChanges.of(commit, List.of(node), before.after(commit, List.of(node)), List.of())
                .orElseThrow();
        return new HeadNews(node.sequence(), pushed);
    }

    @Test
    void whatTheServerHasLostIsSentUntilThatWorked() {
        engine.failingSendings = 2;
        agenda.wanted();
        await().until(() -> engine.sendings == 3);
        agenda.moved(new HeadNews(42));
        await().until(() -> engine.runs.contains(new FakeEngine.Run(ScanScope.NOTHING, new HeadNews(42))));
        assertThat(engine.sendings).as("once it worked").isEqualTo(3);
    }

    @Test
    void waiterIsAnsweredByARoundThatBeganAfterItAsked() throws Exception {
        CountDownLatch inRound = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        engine.answers.add(() -> {
            inRound.countDown();
            goOn.await();
            return FakeEngine.QUIET;
        });
        agenda.changedIn(Set.of(Path.of("")));
        inRound.await();
        CompletableFuture<Boolean> promise = runner.synced();
        CountDownLatch inSecond = new CountDownLatch(1);
        engine.answers.add(() -> {
            inSecond.countDown();
            assertThat(promise).isNotDone();
            return FakeEngine.QUIET;
        });
        goOn.countDown();
        inSecond.await();
        assertThat(promise.get(5, TimeUnit.SECONDS)).isTrue();
        assertThat(engine.runs.get(1)).isEqualTo(new FakeEngine.Run(ScanScope.EVERYTHING, HeadNews.UNKNOWN));
    }

    @Test
    void waiterIsToldAtOnceThatAPersonIsNeeded() throws Exception {
        engine.answers.add(() -> FakeEngine.STOPPED);
        assertThat(runner.synced().get(5, TimeUnit.SECONDS)).isFalse();
        engine.answers.add(FakeEngine.fails(Reason.NOT_LOGGED_IN));
        assertThat(runner.synced().get(5, TimeUnit.SECONDS)).isFalse();
        assertThat(runner.remoteFailure().getReason()).isEqualTo(Reason.NOT_LOGGED_IN);
    }

    @Test
    void goneServerIsTriedAgainByItselfAndThenAskedForWhatWasMissed() throws Exception {
        engine.answers.add(FakeEngine.unreachable());
        CompletableFuture<Boolean> promise = runner.synced();
        assertThat(promise.get(5, TimeUnit.SECONDS)).isTrue();
        assertThat(engine.runs).hasSize(2).last()
                .isEqualTo(new FakeEngine.Run(ScanScope.NOTHING, HeadNews.UNKNOWN));
        assertThat(runner.remoteFailure()).isNull();
    }

    @Test
    void reconnectionCutsTheWaitShort() {
        for (int i = 0; i < 6; i++) {
            engine.answers.add(FakeEngine.unreachable());
            agenda.ask();
            awaitRuns(i + 1);
        }
        // The next attempt by itself is now some half a minute away.
        agenda.ask();
        await().atMost(Duration.ofSeconds(2)).untilAsserted(() -> assertThat(engine.runs).hasSize(7));
        await().atMost(Duration.ofSeconds(2)).untilAsserted(() -> assertThat(runner.remoteFailure()).isNull());
    }

    @Test
    void localChangesAreNotedWhileTheServerIsGone() {
        engine.answers.add(FakeEngine.unreachable());
        engine.answers.add(FakeEngine.unreachable());
        agenda.ask();
        awaitRuns(1);
        agenda.changedIn(Set.of(Path.of("notes")));
        awaitRuns(2);
        assertThat(engine.runs.get(1).scope()).isEqualTo(ScanScope.folders(Set.of(Path.of("notes"))));
    }

    @Test
    void failureOfTheDiskIsShownAndThenEverythingIsLookedAtAgain() {
        engine.answers.add(() -> {
            throw new IOException("the disk is on fire");
        });
        agenda.changedIn(Set.of(Path.of("notes")));
        await().untilAsserted(() -> assertThat(runner.failure()).isEqualTo("the disk is on fire"));
        awaitRuns(2);
        assertThat(engine.runs.get(1).scope()).isEqualTo(ScanScope.EVERYTHING);
        await().untilAsserted(() -> assertThat(runner.failure()).isNull());
    }

    @Test
    void errorOfTheMachineIsShownAndTriedAgain() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        for (Error error : List.of(new OutOfMemoryError("the test says so"), new StackOverflowError())) {
            engine.answers.add(() -> {
                throw error;
            });
        }
        engine.answers.add(() -> {
            seen.await();
            return FakeEngine.QUIET;
        });
        CompletableFuture<Boolean> promise = runner.synced();
        await().untilAsserted(() -> assertThat(runner.failure()).contains("not enough memory"));
        assertThat(promise).isNotDone();
        agenda.ask();
        await().untilAsserted(() -> assertThat(runner.failure()).contains("StackOverflowError"));
        agenda.ask();
        awaitRuns(3);
        seen.countDown();
        assertThat(promise.get(5, TimeUnit.SECONDS)).isTrue();
        assertThat(runner.failure()).isNull();
        assertThat(engine.runs.get(2)).isEqualTo(new FakeEngine.Run(ScanScope.EVERYTHING, HeadNews.UNKNOWN));
    }

    @Test
    void workThatDoesNotGetOnIsShownUntilItDoes() {
        CountDownLatch hanging = new CountDownLatch(1);
        engine.pulse = new Pulse(Duration.ofSeconds(31), false);
        assertThat(runner.failure()).as("at rest nothing has to get on").isNull();
        engine.answers.add(() -> {
            hanging.await();
            return FakeEngine.QUIET;
        });
        agenda.changedIn(Set.of(Path.of("notes")));
        await().untilAsserted(() -> assertThat(runner.failure()).contains("has not got on for 31 s"));
        runner.guard();
        engine.pulse = new Pulse(Duration.ofSeconds(31), true);
        assertThat(runner.failure()).as("the server may take its time").isNull();
        engine.pulse = new Pulse(Duration.ofMinutes(11), true);
        assertThat(runner.failure()).isNotNull();
        hanging.countDown();
        await().untilAsserted(() -> assertThat(runner.failure()).isNull());
    }

    @Test
    void threadThatEndedIsToldAndBegunAnew() throws Exception {
        Thread[] worker = new Thread[1];
        engine.answers.add(() -> {
            worker[0] = Thread.currentThread();
            throw new InterruptedException("nobody closed it");
        });
        CompletableFuture<Boolean> promise = runner.synced();
        assertThat(promise.get(5, TimeUnit.SECONDS)).isFalse();
        worker[0].join();
        CountDownLatch seen = new CountDownLatch(1);
        engine.answers.add(() -> {
            seen.await();
            return FakeEngine.QUIET;
        });
        runner.guard();
        assertThat(runner.failure()).contains("begun anew");
        awaitRuns(2);
        seen.countDown();
        await().untilAsserted(() -> assertThat(runner.failure()).isNull());
        assertThat(engine.runs.get(1)).isEqualTo(new FakeEngine.Run(ScanScope.EVERYTHING, HeadNews.UNKNOWN));
    }

    @Test
    void whatTheEngineCouldNotFinishIsDueWhenItSays() {
        engine.retryIn = Duration.ofMillis(1);
        engine.answers.add(() -> FakeEngine.UNFINISHED);
        agenda.changedIn(Set.of(Path.of("notes")));
        awaitRuns(2);
        assertThat(engine.runs.get(1)).isEqualTo(new FakeEngine.Run(ScanScope.NOTHING, HeadNews.KNOWN));
    }

    @Test
    void waiterIsNotToldThatAllIsTheSameWhileAnEntryFails() throws Exception {
        engine.retryIn = Duration.ofMillis(1);
        CompletableFuture<Boolean> promise = runner.synced();
        awaitRuns(3);
        assertThat(promise).isNotDone();
        engine.retryIn = null;
        assertThat(promise.get(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whoWaitsForAPlaceDoesNotWaitForWhatFailsElsewhere() throws Exception {
        engine.retryIn = Duration.ofSeconds(60);
        assertThat(runner.rested(Set.of(Path.of("notes/a"))).get(5, TimeUnit.SECONDS)).isTrue();
        assertThat(engine.runs).contains(new FakeEngine.Run(ScanScope.subtrees(Set.of(Path.of("notes/a"))),
                HeadNews.UNKNOWN));
        assertThat(engine.retried).isTrue();
        CompletableFuture<Boolean> next = runner.nextRest();
        assertThat(next).isNotDone();
        agenda.changedIn(Set.of(Path.of("letters")));
        assertThat(next.get(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whoWaitsForAPlaceIsToldWhereNothingWorksNow() throws Exception {
        for (int i = 0; i < 10; i++) {
            engine.answers.add(FakeEngine.unreachable());
        }
        CompletableFuture<Boolean> place = runner.rested(Set.of());
        CompletableFuture<Boolean> all = runner.synced();
        for (int i = 0; !place.isDone(); i++) {
            awaitRuns(i + 1);
            agenda.ask();
        }
        assertThat(place.get()).isFalse();
        assertThat(all).as("the server may come back").isNotDone();
    }

    @Test
    void waiterIsToldAtOnceWhatOnlyAPersonCanMend() throws Exception {
        engine.retryIn = Duration.ofSeconds(60);
        engine.failing = List.of(new Problem("a", new Obstacle.Other("the disk is busy"), true));
        CompletableFuture<Boolean> promise = runner.synced();
        awaitRuns(1);
        assertThat(promise).isNotDone();
        engine.failing = List.of(new Problem("a", new Obstacle.AccessDenied()));
        agenda.ask();
        assertThat(promise.get(5, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void whoWaitsHasWhatFailedTriedAgainAtOnce() throws Exception {
        assertThat(runner.synced().get(5, TimeUnit.SECONDS)).isTrue();
        assertThat(engine.retried).isTrue();
    }

    @Test
    void closedRunnerAnswersWaitersAndClosesItsEngine() throws Exception {
        engine.answers.add(FakeEngine.unreachable());
        engine.answers.add(FakeEngine.unreachable());
        CompletableFuture<Boolean> promise = runner.synced();
        awaitRuns(1);
        runner.close();
        assertThat(promise.get(5, TimeUnit.SECONDS)).isFalse();
        assertThat(engine.closed).isTrue();
        assertThat(runner.synced().get(5, TimeUnit.SECONDS)).isFalse();
    }

    private void awaitRuns(int count) {
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(engine.runs).hasSizeGreaterThanOrEqualTo(count));
    }
}
