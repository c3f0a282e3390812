package org.tidebox.sync.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.sync.FolderState;
import org.tidebox.sync.FolderStatus;
import org.tidebox.sync.ScanScope;
import org.tidebox.sync.SyncFolder;

/** A folder stops before it deletes what the user probably wants to keep, and goes on after a look. */
@Tag("C1")
class ValveTest extends OnTwoDevices {
    @Test
    void emptiedOrMissingRootDeletesNothing() throws Exception {
        one.write("a", "1");
        one.write("dir/b", "1");
        assertSame();
        removeTree(one.path(""));
        assertStopped("is not there");
        Files.createDirectory(one.path(""));
        assertStopped("lost its marker");
        assertThat(server.live()).hasSize(3);
        one.folder().resume();
        assertSame();
        assertThat(two.content()).isEmpty();
    }

    @Test
    void emptiedRootThatKeptItsMarkerDeletesNothingHoweverSmallItWas() throws Exception {
        one.write("a", "1");
        one.write("dir/b", "1");
        assertSame();
        removeTree(one.path("dir"));
        Files.delete(one.path("a"));
        assertStopped("(3 entries) is gone");
        assertThat(server.live()).hasSize(3);
        one.write("a", "1, back again");
        assertSame();
        assertThat(two.content()).containsOnlyKeys("a");
        Files.delete(one.path("a"));
        assertStopped("(1 entry) is gone");
        assertThat(one.folder().resume().orElseThrow().consequence()).contains("1 entr");
        assertSame();
        assertThat(server.live()).isEmpty();
    }

    @Test
    void rootThatBothSidesEmptiedIsNoQuestion() throws Exception {
        one.write("a", "1");
        assertSame();
        Files.delete(two.path("a"));
        assertThat(two.sync().stopped()).isTrue();
        two.folder().resume();
        two.sync();
        Files.delete(one.path("a"));
        assertSame();
    }

    @Test
    void rootThatComesBackIsLookedAtAsAWholeWhateverWasAskedFor() throws Exception {
        one.write("a", "1");
        assertSame();
        Path away = temporary.resolve("away");
        Files.move(one.path(""), away);
        assertStopped("is not there");
        assertThat(one.folder().resume().orElseThrow().consequence()).isNull();
        Files.writeString(away.resolve("written while it was away"), "2");
        Files.move(away, one.path(""));
        assertThat(one.folder().sync(ScanScope.NOTHING, SyncFolder.KNOWN_HEAD).quiet()).isTrue();
        assertThat(server.live()).hasSize(2);
    }

    @Test
    void yesToSomeDeletionsIsNoYesToMoreNorToAnotherQuestion() throws Exception {
        for (int i = 0; i < 100; i++) {
            one.write("f" + i, "text " + i);
        }
        assertSame();
        deleteFiles(0, 60);
        assertStopped("60 of 100");
        one.folder().resume();
        deleteFiles(60, 80);
        assertStopped("80 of 100");
        one.folder().resume();
        removeTree(one.path(SyncFolder.MARKER_FOLDER));
        assertStopped("lost its marker");
        assertThat(server.live()).hasSize(100);
        one.folder().resume();
        one.sync();
        assertThat(server.live()).hasSize(20);
    }

    @Test
    void massDeletionAsks() throws Exception {
        for (int i = 0; i < 100; i++) {
            one.write("f" + i, "text " + i);
        }
        assertSame();
        deleteFiles(0, 60);
        assertStopped("60 of 100");
        assertThat(server.live()).hasSize(100);
        one.folder().resume();
        one.sync();
        assertThat(server.live()).hasSize(40);
        assertThat(two.sync().stopped()).isTrue();
        two.folder().resume();
        assertSame();
    }

    @Test
    void anAnswerCountsForOneRunOnly() throws Exception {
        one.write("a", "1");
        assertSame();
        removeTree(one.path(""));
        assertStopped("is not there");
        one.folder().resume();
        assertStopped("is not there");
        Files.createDirectory(one.path(""));
        assertStopped("lost its marker");
        assertThat(server.live()).hasSize(1);
    }

    private void deleteFiles(int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            Files.delete(one.path("f" + i));
        }
    }

    private void assertStopped(String reason) throws Exception {
        assertThat(one.sync().stopped()).isTrue();
        FolderStatus status = one.folder().status();
        assertThat(status.state()).isEqualTo(FolderState.STOPPED_BY_VALVE);
        assertThat(status.message()).contains(reason);
    }
}
