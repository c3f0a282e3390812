package org.tidebox.agent.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.AskAnswer;
import org.tidebox.agent.AskReport;
import org.tidebox.agent.HeldEntry;
import org.tidebox.agent.RuleReport.Line;
import org.tidebox.agent.RuleRequest;
import org.tidebox.agent.internal.folders.FakeEngine;
import org.tidebox.rules.Action;
import org.tidebox.rules.Candidate;
import org.tidebox.rules.Decision;
import org.tidebox.rules.Direction;
import org.tidebox.sync.folder.AskedBatch;
import org.tidebox.sync.folder.SyncReport;
import org.tidebox.sync.folder.SyncTotals;
import org.tidebox.sync.rules.Held;

/** What is held is transferred, and what is asked is answered, once or for ever, at an agent reached over its control socket. */
@Tag("D3")
@Tag("D4")
@Tag("D5")
class AgentAsksTest extends OnAgentProcess {
    private FakeEngine engine;

    @BeforeEach
    void addFolder() throws Exception {
        join();
        agent().addFolder(documents.toString(), null, false);
        engine = engines.get(documents);
    }

    @Test
    void heldEntriesAreListedAndTransferredByTheirPaths() throws Exception {
        engine.held.add(new Held("films/a", Direction.UPLOAD, false, 5, Action.ASK, 1, "rule 1"));
        engine.held.add(new Held("films/b", Direction.DOWNLOAD, false, 5, Action.HOLD, 0, "default"));
        engine.held.add(new Held("films2", Direction.UPLOAD, true, 0, Action.HOLD, 0, "default"));
        String films = documents.resolve("films").toString();
        assertThat(agent().held()).hasSize(3).contains(
                new HeldEntry(documents.resolve("films/a").toString(), true, "FILE", 5, true, 1, "rule 1"));
        assertThat(agent().answerAsked(new AskAnswer(List.of(films), true, false))).extracting(HeldEntry::path)
                .containsExactly(documents.resolve("films/a").toString());
        assertThat(agent().transferHeld(List.of(films))).hasSize(1);
        assertThatThrownBy(() -> agent().transferHeld(List.of(films))).hasMessageContaining("NothingHeld[all=false]");
        assertThatThrownBy(() -> agent().transferHeld(List.of(temporary.toString())))
                .hasMessageContaining("NoSyncFolder");
        assertThat(agent().transferHeld(List.of())).hasSize(1);
    }

    @Test
    void entryThatWaitsForAnotherIsToldSo() {
        engine.held.add(new Held("a", Direction.UPLOAD, false, 5, Action.HOLD, Decision.WAITS, "it waits for 'b'"));
        assertThatThrownBy(() -> agent().transferHeld(List.of(path("a")))).hasMessageContaining("it waits for 'b'");
    }

    @Test
    void oneQuestionIsRaisedForAllThatARunFound() throws Exception {
        assertThat(agent().nextQuestion(0, 0)).isNull();
        CompletableFuture<AskReport> face = CompletableFuture.supplyAsync(() -> next(0));
        ran(new AskedBatch(3, 30, 3));
        assertThat(face.get()).isEqualTo(new AskReport(1, documents.toString(), 3, 30, 3));
        ran(new AskedBatch(0, 0, 3));
        assertThat(agent().nextQuestion(1, 0)).as("nothing new").isNull();
        assertThat(agent().nextQuestion(0, 0).number()).as("for a face that comes later").isEqualTo(1);
        ran(new AskedBatch(2, 7, 5));
        assertThat(next(1)).isEqualTo(new AskReport(2, documents.toString(), 2, 7, 5));
        ran(AskedBatch.NONE);
        await().atMost(SOON).until(() -> agent().nextQuestion(0, 0) == null);
        ran(new AskedBatch(1, 1, 1));
        assertThat(next(2).number()).isEqualTo(3);
        agent().pauseFolder(documents.toString());
        assertThatThrownBy(() -> agent().nextQuestion(0, 0)).hasMessageContaining("NoFolderAtWork");
        agent().resumeFolder(documents.toString());
        assertThat(agent().nextQuestion(0, 0)).as("of a folder that has rested").isNull();
    }

    private AskReport next(long after) {
        try {
            return agent().nextQuestion(after, SOON.toMillis());
        } catch (AgentException e) {
            throw new IllegalStateException(e);
        }
    }

    private void ran(AskedBatch batch) {
        int before = engine.runs.size();
        engine.answers.add(() -> new SyncReport(SyncTotals.NONE, true, false, batch));
        server.moved(server.libraries.get("documents"), 100 + before);
        await().atMost(SOON).until(() -> engine.answers.isEmpty());
    }

    @Test
    void answerForAllIsWhatTheAskingRuleSaysFromThenOn() throws Exception {
        rule("in films", "ask");
        agent().setDefault(documents.toString(), true, "ask");
        ask("films/a", 1);
        ask("b", 0);
        assertThat(agent().answerAsked(new AskAnswer(List.of(), true, true))).hasSize(2);
        assertThat(agent().rules(documents.toString()).up().rules()).containsExactly(new Line("in films", "transfer"));
        assertThat(agent().rules(documents.toString()).up().otherwise()).isEqualTo("transfer");
        assertThat(engine.ruled.isNone()).isFalse();
    }

    @Test
    void answerForSomeBecomesRulesBeforeTheOneThatAsked() throws Exception {
        rule("name *.tmp", "hold");
        rule("size > 1 MiB", "ask");
        ask("work/film.mkv", 2);
        ask("work/deep/b.mkv", 2);
        ask("[1] *.mkv", 2);
        ask("other/c.mkv", 2);
        List<HeldEntry> answered = agent()
                .answerAsked(new AskAnswer(List.of(path("work"), path("[1] *.mkv")), true, true));
        assertThat(answered).hasSize(3);
        assertThat(agent().rules(documents.toString()).up().rules()).containsExactly(new Line("name *.tmp", "hold"),
                new Line("name \"\\[1] \\*.mkv\"", "transfer"), new Line("in /work", "transfer"),
                new Line("size > 1 MiB", "ask"));
        assertThat(action("work/deep/later.mkv")).isEqualTo(Action.TRANSFER);
        assertThat(action("[1] *.mkv")).isEqualTo(Action.TRANSFER);
        assertThat(action("[1] a.mkv")).isEqualTo(Action.ASK);
        assertThat(action("other/c.mkv")).isEqualTo(Action.ASK);
        agent().answerAsked(new AskAnswer(List.of(path("other/c.mkv")), false, true));
        assertThat(action("other/c.mkv")).isEqualTo(Action.HOLD);
        assertThat(action("other/d.mkv")).isEqualTo(Action.ASK);
    }

    @Test
    void answerForAllThatARuleIsAboutChangesThatRule() throws Exception {
        rule("in /work/films and size > 1 MiB", "ask");
        ask("work/films/a", 1);
        agent().answerAsked(new AskAnswer(List.of(path("work")), false, true));
        assertThat(agent().rules(documents.toString()).up().rules())
                .containsExactly(new Line("in /work/films and size > 1 MiB", "hold"));
    }

    @Test
    void answerOnceChangesNoRule() throws Exception {
        rule("in films", "ask");
        ask("films/a", 1);
        ask("films/b", 1);
        assertThat(agent().answerAsked(new AskAnswer(List.of(path("films/a")), true, false))).hasSize(1);
        assertThat(agent().rules(documents.toString()).up().rules()).containsExactly(new Line("in films", "ask"));
        assertThat(agent().held()).extracting(HeldEntry::path).containsExactly(path("films/b"));
        assertThatThrownBy(() -> agent().answerAsked(new AskAnswer(List.of(path("films/a")), true, true)))
                .hasMessageContaining("NothingAsked[all=false]");
    }

    private void rule(String condition, String action) throws AgentException {
        agent().addRule(new RuleRequest(documents.toString(), true, condition, action, 0));
    }

    private void ask(String path, int rule) {
        engine.held.add(new Held(path, Direction.UPLOAD, false, 2 << 20, Action.ASK, rule, "rule " + rule));
    }

    private String path(String relative) {
        return documents.resolve(relative).toString();
    }

    private Action action(String path) {
        return engine.ruled.upload()
                .decide(Candidate.file(path, 2 << 20, Instant.EPOCH), Instant.EPOCH).action();
    }
}
