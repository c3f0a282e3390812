package org.tidebox.agent.internal.folders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.AgentProblem;
import org.tidebox.remote.RemoteException;
import org.tidebox.remote.RemoteException.Reason;
import org.tidebox.sync.SyncFolder;
import org.tidebox.sync.device.FolderDefinition;
import org.tidebox.sync.device.FolderId;
import org.tidebox.sync.folder.HeadNews;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.sync.folder.Problem;
import org.tidebox.tree.LibraryId;

/** What a person is told when a command cannot change a folder. */
@Tag("C1")
class CalmTest {
    private static final Path ROOT = Path.of("/home/ada/papers");
    private final Agenda agenda = new Agenda();
    private OpenFolder folder;

    @BeforeEach
    void openFolder() {
        Random random = new Random(8);
        FolderDefinition definition = new FolderDefinition(FolderId.random(random), ROOT.toString(),
                LibraryId.random(random), "papers", false, false);
        folder = new OpenFolder(definition, ROOT, null,
                (defined, root, trees) -> new OpenFolder.Work(null, agenda, null, null));
    }

    @Test
    @Tag("C2")
    void serverThatWasSetBackIsToldAndTheFolderAsksItItself() throws Exception {
        folder.start();
        RemoteException refusal = new RemoteException(Reason.SET_BACK, "This device has seen change 7", null);

        RemoteException told = Calm.refused(folder, refusal);

        assertThat(told).hasMessage("This device has seen change 7");
        assertThat(told.getReason()).isEqualTo(Reason.SET_BACK);
        assertThat(agenda.take(Duration.ZERO).news().head()).isEqualTo(HeadNews.UNKNOWN_HEAD);
    }

    @Test
    void otherRefusalsAreToldAsTheyAreAndTheFolderLooksForWhatWasDoneBefore() throws Exception {
        folder.start();
        RemoteException refusal = new RemoteException(Reason.NO_ROOM, "10 GB of 10 GB are used", null);

        assertThat(Calm.refused(folder, refusal)).isSameAs(refusal);
        assertThat(agenda.take(Duration.ZERO).news().head()).isEqualTo(HeadNews.UNKNOWN_HEAD);
    }

    @Test
    void onlyWhatConcernsThePlaceIsToldAndWaitedFor() throws Exception {
        FakeEngine engine = new FakeEngine();
        FolderRunner runner = new FolderRunner("papers", engine, agenda, batch -> {
        }, new Random(3));
        folder = new OpenFolder(folder.definition(), ROOT, null,
                (defined, root, trees) -> new OpenFolder.Work(engine, agenda, null, runner));
        engine.retryIn = Duration.ofSeconds(60);
        engine.failing = List.of(new Problem("letters/a", new Obstacle.AccessDenied()),
                new Problem("notes", new Obstacle.AccessDenied()),
                new Problem("other", new Obstacle.Other("the disk is busy"), true));
        folder.start();
        runner.start();
        try {
            assertThat(Calm.after(folder, List.of("new"), Duration.ofMinutes(1))).isEmpty();
            assertThat(Calm.after(folder, List.of("letters", "notes/deep/b"), Duration.ofMinutes(1)))
                    .extracting(Problem::path).containsExactly("letters/a", "notes");
        } finally {
            runner.close();
        }
    }

    @Test
    void pausedFolderIsNamedWithWhatHelps() {
        folder.define(folder.definition().withPaused(true));

        assertThatThrownBy(() -> Calm.before(folder, null, List.of(), true)).isInstanceOfSatisfying(
                AgentException.class,
                refused -> assertThat(refused.getProblem())
                        .isEqualTo(new AgentProblem.FolderPaused(ROOT.toString(), true)));
    }
}
