package org.tidebox.agent.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.ConnectionState;
import org.tidebox.agent.FolderActivity;
import org.tidebox.agent.FolderReport;
import org.tidebox.agent.LoginRequest;
import org.tidebox.agent.internal.folders.FakeEngine;
import org.tidebox.remote.EventListener;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.SyncFolder;
import org.tidebox.sync.folder.HeadNews;
import org.tidebox.sync.folder.Question;
import org.tidebox.sync.folder.ScanScope;

/** Sync folders of an agent that is reached over its control socket. */
@Tag("C1")
@Tag("P5")
class AgentFoldersTest extends OnAgentProcess {
    @Test
    void foldersOfOneAccountAreNotGivenToAnother() throws Exception {
        join();
        agent().addFolder(documents.toString(), null, false);
        agent().logout();
        assertThatThrownBy(() -> agent().login(new LoginRequest("https://test:8443", "bob", "secret", null, null)))
                .isInstanceOf(AgentException.class).hasMessageContaining("account=ada");
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
        await().atMost(SOON).until(() -> engine.runs.stream().anyMatch(run -> run.news().head() == 17));
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
        assertThatThrownBy(() -> agent().addFolder(other.toString(), "Papers", false))
                .hasMessageContaining("library=Papers");
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
        Question question = new Question.DeletedHere(60, 0, 100, 60, 0);
        engines.get(documents).question = question;
        assertThat(agent().resumeFolder(documents.toString())).isEqualTo(question);
        assertThat(engines.get(documents).answered).isEqualTo(question);
    }

    @Test
    void yesIsNoAnswerToAFolderThatIsMissing() throws Exception {
        join();
        agent().addFolder(documents.toString(), null, false);
        engines.get(documents).question = new Question.RootMissing();
        assertThat(agent().resumeFolder(documents.toString())).isEqualTo(new Question.RootMissing());
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
                .anyMatch(run -> run.news().head() == HeadNews.UNKNOWN_HEAD));
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
        assertThatThrownBy(() -> agent().removeFolder(temporary.toString())).hasMessageContaining("NoSyncFolder");
    }

    @Test
    void folderWhoseWorkEndsByAnErrorIsNeverUpToDate() throws Exception {
        join();
        agent().addFolder(documents.toString(), null, false);
        FakeEngine engine = engines.get(documents);
        await().atMost(SOON).until(() -> agent().listFolders().get(0).activity() == FolderActivity.UP_TO_DATE);
        for (int i = 0; i < 20; i++) {
            engine.answers.add(() -> {
                throw new OutOfMemoryError("the test says so");
            });
        }
        assertThat(agent().waitUntilSynced(100)).isFalse();
        FolderReport report = agent().listFolders().get(0);
        assertThat(report.activity()).isEqualTo(FolderActivity.FAILED);
        assertThat(report.message()).asString().contains("not enough memory");
        assertThat(report.needsPerson()).as("it is tried again").isFalse();
        engine.answers.clear();
        assertThat(agent().waitUntilSynced(5000)).isTrue();
        assertThat(agent().listFolders().get(0).activity()).isEqualTo(FolderActivity.UP_TO_DATE);
    }

    @Test
    void folderThatIsPolledForWantOfRoomSaysSo() throws Exception {
        firstWatcher.full = true;
        join();
        agent().addFolder(documents.toString(), null, false);
        await().atMost(SOON).until(() -> "second".equals(agent().listFolders().get(0).watcher()));
        assertThat(agent().listFolders().get(0).watchNotice()).isEqualTo("no more watches");
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
}
