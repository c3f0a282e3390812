package org.tidebox.agent.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.agent.Agent;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.ConnectionState;
import org.tidebox.agent.FileVersion;
import org.tidebox.agent.FolderActivity;
import org.tidebox.agent.FolderReport;
import org.tidebox.agent.HeldEntry;
import org.tidebox.agent.Home;
import org.tidebox.agent.HomeLockedException;
import org.tidebox.agent.LoginRequest;
import org.tidebox.agent.RestoreRequest;
import org.tidebox.agent.RuleReport;
import org.tidebox.agent.RuleRequest;
import org.tidebox.control.ControlClient;
import org.tidebox.control.ControlConnection;
import org.tidebox.control.ControlSocket;
import org.tidebox.feature.FeaturePoint;
import org.tidebox.feature.FeatureStatus;
import org.tidebox.rules.Action;
import org.tidebox.rules.Candidate;
import org.tidebox.rules.Decider;
import org.tidebox.rules.Direction;
import org.tidebox.sync.Bandwidth;
import org.tidebox.sync.DiskStamp;
import org.tidebox.sync.EventListener;
import org.tidebox.sync.FolderRules;
import org.tidebox.sync.Held;
import org.tidebox.sync.RulePreview;
import org.tidebox.sync.LocalNode;
import org.tidebox.sync.Question;
import org.tidebox.sync.RemoteException;
import org.tidebox.sync.ScanScope;
import org.tidebox.sync.SyncFolder;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.Recipe;
import org.tidebox.wire.JoinCode;

/** The whole agent, reached over its control socket, with a fake engine, watcher, database and server. */
@Tag("C1")
@Tag("P5")
class AgentProcessTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    @TempDir
    private Path temporary;
    private final FakeDatabase database = new FakeDatabase();
    private final FakeServer server = new FakeServer();
    private final FakeWatchers watchers = new FakeWatchers();
    private final Map<Path, FakeEngine> engines = new ConcurrentHashMap<>();
    private final AtomicInteger ends = new AtomicInteger();
    private Path documents;
    private AgentProcess process;
    private ControlConnection<Agent> connection;

    @BeforeEach
    void prepare() throws Exception {
        watchers.add("first", 1);
        watchers.add("second", 0);
        documents = Files.createDirectories(temporary.toRealPath().resolve("documents"));
        start(false);
    }

    @AfterEach
    void stop() {
        connection.close();
        process.close();
    }

    @Test
    @Tag("A6")
    void wrongPasswordIsAClearNo() {
        assertThatThrownBy(() -> agent().login(new LoginRequest("https://test:8443", "ada", "wrong", null, null)))
                .isInstanceOf(AgentException.class).hasMessageContaining("password");
        assertThatThrownBy(() -> agent().login(new LoginRequest("ftp://test", "ada", "secret", null, null)))
                .isInstanceOf(AgentException.class).hasMessageContaining("https://host:port");
    }

    @Test
    @Tag("C5")
    void limitsCountAtOnceAndAfterRestarts() throws Exception {
        assertThat(agent().bandwidth()).isEqualTo(Bandwidth.UNLIMITED);
        Bandwidth wanted = new Bandwidth(2 << 20, 0);
        agent().limit(wanted);
        assertThat(server.bandwidth).isEqualTo(wanted);
        server.bandwidth = null;
        stop();
        start(false);
        assertThat(server.bandwidth).isEqualTo(wanted).isEqualTo(agent().bandwidth());
    }

    @Test
    void joinCodeConnectsOnceAndOnlyOneAccountAtATime() throws Exception {
        assertThat(agent().status().connection()).isEqualTo(ConnectionState.LOGGED_OUT);
        join();
        assertThat(agent().status().connection()).isEqualTo(ConnectionState.CONNECTED);
        assertThat(agent().status().account().device()).isEqualTo("laptop");
        assertThatThrownBy(this::join).isInstanceOf(AgentException.class).hasMessageContaining("logged in already");
        assertThatThrownBy(() -> agent().join("tidebox-join-nonsense", null)).isInstanceOf(AgentException.class);
    }

    @Test
    void logoutEndsTheTokenAndLetsFoldersWait() throws Exception {
        join();
        agent().logout();
        assertThat(server.loggedOut).isTrue();
        assertThat(database.settings).doesNotContainKey("token");
        assertThat(agent().status().account()).isNull();
        assertThatThrownBy(() -> agent().addFolder(documents.toString(), null, false))
                .hasMessageContaining("tidebox join");
    }

    @Test
    void foldersOfOneAccountAreNotGivenToAnother() throws Exception {
        join();
        agent().addFolder(documents.toString(), null, false);
        agent().logout();
        assertThatThrownBy(() -> agent().login(new LoginRequest("https://test:8443", "bob", "secret", null, null)))
                .isInstanceOf(AgentException.class).hasMessageContaining("'ada'");
    }

    @Test
    void addedFolderIsScannedAndFollowsTheServersNews() throws Exception {
        join();
        FolderReport added = agent().addFolder(documents.toString(), null, false);
        assertThat(added.library()).isEqualTo("documents");
        FakeEngine engine = engines.get(documents);
        await().atMost(SOON)
                .until(() -> engine.runs.stream().anyMatch(run -> run.scope().equals(ScanScope.EVERYTHING)));
        server.moved(server.libraries.get("documents"), 17);
        await().atMost(SOON).until(() -> engine.runs.stream().anyMatch(run -> run.remoteHead() == 17));
        await().atMost(SOON).until(() -> agent().listFolders().get(0).activity() == FolderActivity.UP_TO_DATE);
        assertThat(agent().waitUntilSynced(5000)).isTrue();
    }

    @Test
    void badFoldersAreRefusedAndLibrariesHaveOneFolderEach() throws Exception {
        join();
        agent().addFolder(documents.toString(), "Papers", false);
        assertThatThrownBy(() -> agent().addFolder(documents.toString(), null, false)).hasMessageContaining("already");
        assertThatThrownBy(() -> agent().addFolder(temporary.resolve("missing").toString(), null, false))
                .hasMessageContaining("create it");
        Path other = Files.createDirectories(temporary.resolve("other"));
        assertThatThrownBy(() -> agent().addFolder(other.toString(), "Papers", false)).hasMessageContaining("'Papers'");
        assertThat(agent().listFolders()).hasSize(1);
    }

    @Test
    void pausedFolderRestsUntilResumed() throws Exception {
        join();
        agent().addFolder(documents.toString(), null, true);
        assertThat(agent().listFolders().get(0).activity()).isEqualTo(FolderActivity.PAUSED);
        assertThat(engines).isEmpty();
        assertThat(agent().waitUntilSynced(0)).isTrue();
        agent().resumeFolder(documents.toString());
        await().atMost(SOON).until(() -> !engines.get(documents).runs.isEmpty());
        agent().pauseFolder(documents.toString());
        assertThat(engines.get(documents).closed).isTrue();
    }

    @Test
    void extendedAttributesAreSwitchedForAFolderAtWorkWhichLooksAtEverythingAgain() throws Exception {
        join();
        assertThat(agent().addFolder(documents.toString(), null, false).xattrs()).isFalse();
        FakeEngine engine = engines.get(documents);
        await().atMost(SOON).until(() -> !engine.runs.isEmpty());
        agent().keepExtendedAttributes(documents.toString(), true);
        assertThat(agent().listFolders()).singleElement().matches(FolderReport::xattrs);
        assertThat(engine.closed).isTrue();
        await().atMost(SOON).until(
                () -> engine.runs.stream().filter(run -> run.scope().equals(ScanScope.EVERYTHING)).count() > 1);
        engine.closed = false;
        agent().keepExtendedAttributes(documents.toString(), true);
        assertThat(engine.closed).as("begun anew, though nothing was switched").isFalse();
        agent().pauseFolder(documents.toString());
        assertThat(agent().listFolders()).singleElement().matches(FolderReport::xattrs);
        agent().keepExtendedAttributes(documents.toString(), false);
        assertThat(agent().listFolders()).singleElement()
                .matches(folder -> !folder.xattrs() && folder.activity() == FolderActivity.PAUSED);
    }

    @Test
    void resumeSaysYesToAFolderThatAsks() throws Exception {
        join();
        agent().addFolder(documents.toString(), null, false);
        assertThat(agent().resumeFolder(documents.toString())).isNull();
        Question question = new Question(Question.Kind.DELETIONS, 60, 0, "60 are gone", "they go everywhere");
        engines.get(documents).question = question;
        assertThat(agent().resumeFolder(documents.toString())).isEqualTo("they go everywhere");
        assertThat(engines.get(documents).answered).isEqualTo(question);
    }

    @Test
    void yesIsNoAnswerToAFolderThatIsMissing() throws Exception {
        join();
        agent().addFolder(documents.toString(), null, false);
        engines.get(documents).question = new Question(Question.Kind.ROOT_MISSING, 0, 0, "it is not there", null);
        assertThatThrownBy(() -> agent().resumeFolder(documents.toString()))
                .hasMessage(documents + ": it is not there");
    }

    @Test
    void waitEndsAtOnceWhenOneOfManyFoldersNeedsAPerson() throws Exception {
        join();
        Path other = Files.createDirectories(temporary.resolve("other"));
        agent().addFolder(documents.toString(), null, false);
        agent().addFolder(other.toString(), null, false);
        engines.get(other).retryIn = Duration.ofHours(1);
        assertThat(agent().waitUntilSynced(50)).isFalse();
        for (int i = 0; i < 3; i++) {
            engines.get(documents).answers.add(() -> FakeEngine.STOPPED);
        }
        assertThat(agent().waitUntilSynced(Duration.ofMinutes(10).toMillis())).isFalse();
    }

    @Test
    void whileTheServerCannotTellItsNewsItIsAskedForThem() throws Exception {
        join();
        agent().addFolder(documents.toString(), null, false);
        assertThat(agent().waitUntilSynced(SOON.toMillis())).isTrue();
        FakeEngine engine = engines.get(documents);
        engine.runs.clear();
        server.listeners.forEach(listener -> listener
                .disconnected(new RemoteException(RemoteException.Reason.UNREACHABLE, "the stream was cut", null)));
        await().atMost(SOON).until(() -> engine.runs.stream()
                .anyMatch(run -> run.remoteHead() == SyncFolder.UNKNOWN_HEAD));
    }

    @Test
    void removedFolderKeepsItsFilesAndCanBeAddedAgain() throws Exception {
        join();
        Files.writeString(documents.resolve("letter"), "Dear Ada");
        Files.createDirectories(documents.resolve(SyncFolder.MARKER_FOLDER).resolve("tmp"));
        agent().addFolder(documents.toString(), null, false);
        agent().removeFolder(documents.toString());
        assertThat(documents).isDirectoryContaining("glob:**/letter");
        assertThat(documents.resolve(SyncFolder.MARKER_FOLDER)).doesNotExist();
        assertThat(agent().listFolders()).isEmpty();
        agent().addFolder(documents.toString(), null, false);
        assertThatThrownBy(() -> agent().removeFolder(temporary.toString())).hasMessageContaining("no sync folder");
    }

    @Test
    void folderWaitsWhileTheServerIsGone() throws Exception {
        join();
        agent().addFolder(documents.toString(), null, false);
        FakeEngine engine = engines.get(documents);
        await().atMost(SOON).until(() -> agent().listFolders().get(0).activity() == FolderActivity.UP_TO_DATE);
        for (int i = 0; i < 20; i++) {
            engine.answers.add(FakeEngine.unreachable());
        }
        server.listeners.forEach(listener -> listener.disconnected(
                new RemoteException(RemoteException.Reason.UNREACHABLE, "https://test:8443 does not answer", null)));
        assertThat(agent().status().connection()).isEqualTo(ConnectionState.OFFLINE);
        assertThat(agent().waitUntilSynced(100)).isFalse();
        assertThat(agent().listFolders().get(0).activity()).isEqualTo(FolderActivity.WAITING);
        engine.answers.clear();
        server.listeners.forEach(EventListener::connected);
        assertThat(agent().waitUntilSynced(5000)).isTrue();
    }

    @Test
    void versionsAreToldNewestFirstWithTheirPlaces() throws Exception {
        join();
        agent().addFolder(documents.toString(), null, false);
        NodeId id = NodeId.random(new Random(1));
        Node node = Node.file(id, NodeId.ROOT, "letter", new Attributes(0644, 0), new Recipe("fixed", 0, List.of()))
                .withSequence(4);
        database.children.put("letter", LocalNode.of(node, DiskStamp.UNKNOWN));
        server.history.add(FakeServer.version(node.withDeleted(true).withSequence(9), 60));
        server.history.add(FakeServer.version(node, 0));
        assertThat(agent().history(documents.resolve("letter").toString())).containsExactly(
                new FileVersion(9, "letter", "FILE", 0, "laptop", "1970-01-01T00:01:00Z", true, false),
                new FileVersion(4, "letter", "FILE", 0, "laptop", "1970-01-01T00:00:00Z", false, false));
        assertThatThrownBy(() -> agent().history(documents.resolve("unknown").toString()))
                .hasMessageContaining("never synchronised");
        assertThatThrownBy(() -> agent().history(documents.toString())).hasMessageContaining("name a file");
        assertThatThrownBy(() -> agent().restore(
                new RestoreRequest(documents.resolve("letter").toString(), null, 7,
                        temporary.resolve("out").toString())))
                .hasMessageContaining("no version 7");
        assertThatThrownBy(() -> agent().restore(
                new RestoreRequest(documents.resolve("letter").toString(), null, 4, documents.resolve("x").toString())))
                .hasMessageContaining("name a directory outside");
        assertThatThrownBy(() -> agent().restoreTrash(List.of("abcdef12"))).hasMessageContaining("trash list");
        assertThat(agent().trash(null)).isEmpty();
        assertThatThrownBy(() -> agent().history("/elsewhere")).hasMessageContaining("in no sync folder");
    }

    @Test
    @Tag("P4")
    void chosenFeatureIsInUseAtOnceAndAfterRestart() throws Exception {
        assertThat(agent().features()).containsExactly(new FeatureStatus("watch", "first", List.of("first", "second")));
        assertThat(agent().useFeature("watch", "second").active()).isEqualTo("second");
        watchers.point.use("first");
        stop();
        start(false);
        assertThat(agent().features().get(0).active()).isEqualTo("second");
        assertThatThrownBy(() -> agent().useFeature("watch", "third")).hasMessageContaining("third");
        assertThatThrownBy(() -> agent().useFeature("wath", "first")).hasMessageContaining("watch");
    }

    @Test
    void restartGoesOnWithAccountAndFolders() throws Exception {
        join();
        agent().addFolder(documents.toString(), null, false);
        stop();
        engines.clear();
        start(false);
        assertThat(agent().status().connection()).isEqualTo(ConnectionState.CONNECTED);
        await().atMost(SOON).until(() -> !engines.get(documents).runs.isEmpty());
    }

    @Test
    void secondAgentOnTheSameHomeIsRefused() {
        assertThatThrownBy(() -> open(false)).isInstanceOf(HomeLockedException.class)
                .hasMessageContaining("in use by process");
    }

    @Test
    void agentForSingleCommandsWorksOnlyWhenAskedToWaitAndEndsWithItsLastCaller() throws Exception {
        join();
        agent().addFolder(documents.toString(), null, false);
        stop();
        engines.clear();
        start(true);
        assertThat(agent().status().connection()).isEqualTo(ConnectionState.RESTING);
        assertThat(agent().listFolders().get(0).activity()).isEqualTo(FolderActivity.WAITING);
        assertThat(engines).isEmpty();
        assertThat(agent().waitUntilSynced(5000)).isTrue();
        assertThat(engines).containsKey(documents);
        assertThat(ends).hasValue(0);
        connection.close();
        await().atMost(SOON).untilAtomic(ends, Matchers.is(1));
    }

    @Test
    @Tag("D3")
    @Tag("D4")
    void rulesReachTheEngineAtOnceAndAfterRestarts() throws Exception {
        join();
        agent().addFolder(documents.toString(), null, false);
        FakeEngine engine = engines.get(documents);
        String folder = documents.toString();
        assertThat(agent().rules(folder).up().rules()).isEmpty();
        assertThat(engine.ruled).isEqualTo(FolderRules.NONE);
        assertThat(temporary.resolve("home/configuration.xmi")).doesNotExist();

        RuleReport report = agent().addRule(new RuleRequest(folder, true, "in films", "hold", 0));
        assertThat(report.up().rules()).containsExactly(new RuleReport.Line("in films", "hold"));
        agent().addRule(new RuleRequest(folder, true, "in work", "transfer", 1));
        assertThat(agent().setDefault(folder, false, "ask").down().otherwise()).isEqualTo("ask");
        assertThat(decision(engine.ruled.upload(), "films/a")).isEqualTo(Action.HOLD);
        assertThat(decision(engine.ruled.download(), "films/a")).isEqualTo(Action.ASK);
        stop();
        engine.ruled = null;
        start(false);
        await().atMost(SOON).until(() -> engine.ruled != null);
        assertThat(decision(engine.ruled.upload(), "films/a")).isEqualTo(Action.HOLD);
        assertThat(decision(engine.ruled.upload(), "work/films/a")).isEqualTo(Action.TRANSFER);

        assertThat(agent().removeRule(folder, true, 2).up().rules())
                .containsExactly(new RuleReport.Line("in work", "transfer"));
        assertThat(decision(engine.ruled.upload(), "films/a")).isEqualTo(Action.TRANSFER);
    }

    @Test
    @Tag("D3")
    void ownerOfTheDeviceChangesWhatIsIgnored() throws Exception {
        join();
        agent().addFolder(documents.toString(), null, false);
        FakeEngine engine = engines.get(documents);
        Path file = temporary.resolve("home/ignore");
        assertThat(file).hasContent(engine.ignored);
        assertThat(engine.ignored).contains("~$*", ".DS_Store", "Thumbs.db", "*.part");
        stop();
        Files.writeString(file, "*.bak\n");
        start(false);
        await().atMost(SOON).until(() -> "*.bak\n".equals(engine.ignored));
    }

    @Test
    @Tag("D3")
    void previewOfARuleChangesNothing() throws Exception {
        join();
        agent().addFolder(documents.toString(), null, false);
        FakeEngine engine = engines.get(documents);
        String folder = documents.toString();
        RulePreview preview = agent().previewRule(new RuleRequest(folder, true, "in films", "hold", 0));
        assertThat(preview).isEqualTo(new RulePreview(1, 2, 3, 4));
        assertThat(decision(engine.previewed.upload(), "films/a")).isEqualTo(Action.HOLD);
        assertThat(decision(engine.ruled.upload(), "films/a")).isEqualTo(Action.TRANSFER);
        assertThat(agent().rules(folder).up().rules()).isEmpty();
        assertThat(temporary.resolve("home/configuration.xmi")).doesNotExist();
        assertThatThrownBy(() -> agent().previewRule(new RuleRequest(folder, true, "size > 1", "hold", 0)))
                .hasMessageContaining("has no unit");
        agent().pauseFolder(folder);
        assertThatThrownBy(() -> agent().previewRule(new RuleRequest(folder, true, "all", "hold", 0)))
                .hasMessageContaining("rests");
    }

    @Test
    @Tag("D3")
    void rulesThatCannotBeUsedAreRefusedAndChangeNothing() throws Exception {
        join();
        agent().addFolder(documents.toString(), null, false);
        String folder = documents.toString();
        agent().addRule(new RuleRequest(folder, true, "size > 1 MB", "hold", 0));
        for (RuleRequest bad : List.of(new RuleRequest(folder, true, "size > 1", "hold", 0),
                new RuleRequest(folder, true, "size > 2 MB", "ask", 0),
                new RuleRequest(folder, true, "all", "keep", 0),
                new RuleRequest(temporary.toString(), true, "all", "hold", 0))) {
            assertThatThrownBy(() -> agent().addRule(bad)).as("%s", bad).isInstanceOf(AgentException.class);
        }
        assertThatThrownBy(() -> agent().removeRule(folder, false, 1)).hasMessageContaining("no download rule 1");
        assertThat(agent().rules(folder).up().rules()).hasSize(1);
    }

    @Test
    @Tag("D3")
    void nothingIsTransferredWhileTheRulesCannotBeRead() throws Exception {
        join();
        agent().addFolder(documents.toString(), null, false);
        FakeEngine engine = engines.get(documents);
        agent().addRule(new RuleRequest(documents.toString(), true, "in films", "hold", 0));
        stop();
        Files.delete(temporary.resolve("home/configuration-good-1.xmi"));
        Files.writeString(temporary.resolve("home/configuration.xmi"), "<half");
        start(false);
        await().atMost(SOON).until(() -> decision(engine.ruled.upload(), "a") == Action.HOLD);
        assertThat(decision(engine.ruled.download(), "a")).isEqualTo(Action.HOLD);
        assertThatThrownBy(() -> agent().rules(documents.toString())).hasMessageContaining("no good copy");
    }

    @Test
    @Tag("D5")
    void heldEntriesAreListedAndTransferredByTheirPaths() throws Exception {
        join();
        agent().addFolder(documents.toString(), null, false);
        FakeEngine engine = engines.get(documents);
        engine.held.add(new Held("films/a", Direction.UPLOAD, false, 5, Action.ASK, 1, "rule 1"));
        engine.held.add(new Held("films/b", Direction.DOWNLOAD, false, 5, Action.HOLD, 0, "default"));
        engine.held.add(new Held("films2", Direction.UPLOAD, true, 0, Action.HOLD, 0, "default"));
        String films = documents.resolve("films").toString();
        assertThat(agent().held()).hasSize(3).contains(
                new HeldEntry(documents.resolve("films/a").toString(), true, "FILE", 5, true, 1, "rule 1"));
        assertThat(agent().decideHeld(List.of(films), true, true)).extracting(HeldEntry::path)
                .containsExactly(documents.resolve("films/a").toString());
        assertThat(agent().decideHeld(List.of(films), true, false)).hasSize(1);
        assertThatThrownBy(() -> agent().decideHeld(List.of(films), true, false)).hasMessageContaining("Nothing");
        assertThatThrownBy(() -> agent().decideHeld(List.of(temporary.toString()), true, false))
                .hasMessageContaining("no sync folder");
        assertThat(agent().decideHeld(List.of(), true, false)).hasSize(1);
    }

    private static Action decision(Decider decider, String path) {
        return decider.decide(Candidate.file(path, 1, Instant.EPOCH), Instant.EPOCH).action();
    }

    @Test
    void stopEndsTheProcessAfterTheAnswer() throws Exception {
        agent().stop();
        assertThat(ends).hasValue(1);
    }

    private Agent agent() {
        return connection.api();
    }

    private void join() throws AgentException {
        agent().join(
                new JoinCode(FakeServer.ADDRESS.toString(), FakeServer.ADDRESS.fingerprint(), FakeServer.JOIN_SECRET)
                        .text(),
                "laptop");
    }

    private void start(boolean ending) throws Exception {
        process = open(ending);
        connection = ControlClient.connect(ControlSocket.of(temporary.resolve("home")), Agent.class);
    }

    private AgentProcess open(boolean ending) throws Exception {
        FolderEngine.Factory factory = (folder, root, trees, remote, device) -> engines.computeIfAbsent(root,
                key -> new FakeEngine());
        AgentServices services = new AgentServices(database, server, watchers, null,
                new RuleServices(null, null));
        CopyOnWriteArrayList<FeaturePoint> features = new CopyOnWriteArrayList<>(List.of(watchers.point));
        return AgentProcess.open(new Home(temporary.resolve("home"), false), ending,
                new AgentProcess.Parts(services, features, factory, temporary, "computer"), ends::incrementAndGet);
    }
}
