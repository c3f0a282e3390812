package org.tidebox.sync.internal.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.feature.SystemTime;
import org.tidebox.sync.SyncFolder;
import org.tidebox.sync.folder.FolderState;
import org.tidebox.sync.folder.FolderStatus;
import org.tidebox.sync.folder.HeadNews;
import org.tidebox.sync.folder.Question;
import org.tidebox.sync.folder.ScanScope;
import org.tidebox.sync.tests.Device;
import org.tidebox.sync.tests.MemoryTreeStore;
import org.tidebox.sync.tests.OnTwoDevices;

/** A folder stops before it deletes what the user probably wants to keep, and goes on after a look. */
@Tag("C1")
class ValveTest extends OnTwoDevices {
    @Test
    void emptiedOrMissingRootDeletesNothing() throws Exception {
        one.write("a", "1");
        one.write("dir/b", "1");
        assertSame();
        removeTree(one.path(""));
        assertStopped("RootMissing");
        Files.createDirectory(one.path(""));
        assertStopped("RootUnmarked");
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
        assertStopped("RootEmptied[deletedHere=3");
        assertThat(server.live()).hasSize(3);
        one.write("a", "1, back again");
        assertSame();
        assertThat(two.content()).containsOnlyKeys("a");
        Files.delete(one.path("a"));
        assertStopped("RootEmptied[deletedHere=1");
        assertThat(one.folder().resume()).contains(new Question.RootEmptied(1, 0));
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
        assertStopped("RootMissing");
        assertThat(one.folder().resume().orElseThrow().isAnswerable()).isFalse();
        Files.writeString(away.resolve("written while it was away"), "2");
        Files.move(away, one.path(""));
        assertThat(one.folder().sync(ScanScope.NOTHING, HeadNews.KNOWN_HEAD).quiet()).isTrue();
        assertThat(server.live()).hasSize(2);
    }

    @Test
    void yesToSomeDeletionsIsNoYesToMoreNorToAnotherQuestion() throws Exception {
        for (int i = 0; i < 100; i++) {
            one.write("f" + i, "text " + i);
        }
        assertSame();
        deleteFiles(0, 60);
        assertStopped("DeletedHere[deleted=60, sent=0, all=100");
        one.folder().resume();
        deleteFiles(60, 80);
        assertStopped("DeletedHere[deleted=80, sent=0, all=100");
        one.folder().resume();
        removeTree(one.path(SyncFolder.MARKER_FOLDER));
        assertStopped("RootUnmarked");
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
        assertStopped("DeletedHere[deleted=60, sent=0, all=100");
        assertThat(server.live()).hasSize(100);
        one.folder().resume();
        one.sync();
        assertThat(server.live()).hasSize(40);
        assertSame();
    }

    @Test
    void deletionThatAPersonConfirmedIsNotAskedAboutOnOtherDevices() throws Exception {
        Device three = new Device("three", temporary.resolve("three"), server, new MemoryTreeStore(), 3);
        writeFiles("", 100);
        assertSame();
        assertThat(three.sync().quiet()).isTrue();
        deleteFiles(0, 60);
        assertStopped("DeletedHere[deleted=60, sent=0, all=100");
        one.folder().resume();
        assertSame();
        assertThat(three.sync().quiet()).isTrue();
        assertThat(three.content()).hasSize(40);
        three.close();
    }

    @Test
    void deletionsThatAddUpWhileADeviceIsAwayAreAskedAboutThere() throws Exception {
        AtomicReference<Duration> passed = new AtomicReference<>(Duration.ZERO);
        one.close();
        one = new Device("one", one.path(""), server, new MemoryTreeStore(), 3,
                () -> SystemTime.clock().instant().plus(passed.get()));
        writeFiles("", 100);
        assertSame();
        for (int from = 0; from < 60; from += 20) {
            passed.updateAndGet(before -> before.plusMinutes(1));
            deleteFiles(from, from + 20);
            one.sync();
        }
        assertThat(two.sync().stopped()).isTrue();
        assertThat(two.folder().status().message()).asString().contains("DeletedThere[all=100")
                .contains("deletedThere=60");
        two.folder().resume();
        assertSame();
    }

    @Test
    void folderThatIsReplacedByItsCopyIsNoDeletion() throws Exception {
        one.write("other", "stays");
        writeFiles("app/part/", 100);
        assertSame();
        Map<String, String> before = one.content();
        removeTree(one.path("app"));
        assertStopped("deleted=102, sent=0, all=103");
        writeFiles("app/part/", 100);
        assertThat(one.sync().stopped()).isFalse();
        assertThat(two.sync().stopped()).isFalse();
        assertThat(one.content().keySet()).isEqualTo(before.keySet());
        assertSame();
    }

    @Test
    void replacedFolderThatLostMuchIsADeletion() throws Exception {
        writeFiles("app/", 100);
        assertSame();
        removeTree(one.path("app"));
        writeFiles("app/", 40);
        Files.delete(one.path("app/f0"));
        Files.createDirectory(one.path("app/f0"));
        assertStopped("deleted=60, sent=0, all=101");
    }

    @Test
    void packingOfARepositoryIsNoDeletionButItsLossIs() throws Exception {
        one.write("code/.git/HEAD", "ref");
        for (int i = 0; i < 90; i++) {
            one.write("code/.git/objects/" + i + "/object", "object " + i);
        }
        assertSame();
        for (int i = 0; i < 90; i++) {
            removeTree(one.path("code/.git/objects/" + i));
        }
        one.write("code/.git/objects/pack/pack-1.pack", "all of them");
        assertSame();
        assertThat(two.content().keySet()).contains("code/.git/objects/pack/pack-1.pack")
                .doesNotContain("code/.git/objects/1");
        for (int i = 0; i < 60; i++) {
            one.write("code/.git/objects/" + i, "object " + i);
        }
        assertSame();
        removeTree(one.path("code/.git/objects"));
        assertStopped("all=66");
    }

    @Test
    void oneDeletionIsOneQuestionHoweverLongItTakes() throws Exception {
        writeFiles("", 100);
        assertSame();
        deleteFiles(0, 60);
        List<Integer> goOn = new ArrayList<>(List.of(70, 80, 90));
        one.whileWaiting(() -> {
            if (!goOn.isEmpty()) {
                int to = goOn.removeFirst();
                deleteFiles(to - 10, to);
            }
        });
        assertStopped("deleted=90, sent=0, all=100");
        one.whileWaiting(null);
        one.folder().resume();
        assertSame();
        assertThat(server.live()).hasSize(10);
    }

    @Test
    void deletionThatTakesItsTimeIsAddedUp() throws Exception {
        writeFiles("", 200);
        assertSame();
        for (int to = 10; to <= 60; to += 10) {
            deleteFiles(to - 10, to);
            assertThat(one.sync().stopped()).isFalse();
        }
        deleteFiles(60, 70);
        assertStopped("DeletedHere[deleted=70, sent=60, all=200");
        assertThat(server.live()).hasSize(140);
        one.folder().resume();
        assertSame();
        deleteFiles(70, 80);
        assertSame();
    }

    private void writeFiles(String folder, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            one.write(folder + "f" + i, "text " + i);
        }
    }

    @Test
    void anAnswerCountsForOneRunOnly() throws Exception {
        one.write("a", "1");
        assertSame();
        removeTree(one.path(""));
        assertStopped("RootMissing");
        one.folder().resume();
        assertStopped("RootMissing");
        Files.createDirectory(one.path(""));
        assertStopped("RootUnmarked");
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
        assertThat(status.message()).asString().contains(reason);
    }
}
