package org.tidebox.sync.internal.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.device.TreeUpdate;
import org.tidebox.sync.folder.FolderState;
import org.tidebox.sync.folder.HeadNews;
import org.tidebox.sync.folder.Question;
import org.tidebox.sync.folder.ScanScope;
import org.tidebox.sync.folder.SyncReport;
import org.tidebox.sync.folder.SyncTotals;
import org.tidebox.sync.tests.Device;
import org.tidebox.sync.tests.MemoryRemote;
import org.tidebox.sync.tests.OnTwoDevices;

/**
 * The server is set back to a backup while one device has seen more, and the other one brings it on: the first notices,
 * asks, and then nothing of either side is lost.
 */
@Tag("C1")
@Tag("C2")
class SetBackTest extends OnTwoDevices {
    private MemoryRemote.Backup backup;
    private long seen;

    @BeforeEach
    void restoreWhatOneHasOutgrown() throws Exception {
        one.write("shared", "shared");
        one.write("edited", "first");
        one.write("deleted", "deleted here after the backup");
        assertSame();
        backup = server.backUp();
        one.write("edited", "second, by one");
        one.write("added", "by one");
        Files.delete(one.path("deleted"));
        one.sync();
        seen = server.head();
        server.restore(backup);
    }

    /** Behind, exactly at, and past what the device has seen. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void nothingIsLostHoweverFarOthersBroughtTheServer(int changes) throws Exception {
        for (int i = 0; i < changes; i++) {
            two.write(i == 1 ? "edited" : "other " + i, "by two " + i);
            assertThat(two.sync().quiet()).isTrue();
        }
        assertThat(server.head() - seen).isBetween(-3L, 2L);

        assertStopsAndChangesNothing(one.sync());
        assertStopsAndChangesNothing(one.sync());
        one.folder().resume();
        assertSame();
        Collection<String> content = texts(one);
        assertThat(content).contains("shared", "by one", "second, by one", "deleted here after the backup");
        for (int i = 0; i < changes; i++) {
            assertThat(content).contains("by two " + i);
        }
        SyncTotals again = one.sync().done();
        assertThat(again.changesUp() + again.changesDown()).as("it does not ask twice").isZero();
    }

    /** The head that it is told is the one that it knows, so it does not ask before it sends. */
    @Test
    void commitIsRefusedBeforeItCanReplaceWhatOthersWrote() throws Exception {
        for (int i = 0; i < 3; i++) {
            two.write("edited", "by two " + i);
            two.sync();
        }
        assertThat(server.head()).isEqualTo(seen);
        one.write("edited", "third, by one");
        long head = server.head();
        SyncReport report = one.folder().sync(ScanScope.EVERYTHING, HeadNews.KNOWN_HEAD);
        assertStopsAndChangesNothing(report);
        assertThat(server.head()).isEqualTo(head);
        one.folder().resume();
        assertSame();
        assertThat(texts(two)).contains("third, by one", "by two 2");
    }

    @Test
    void stopOutlivesARestart() throws Exception {
        two.write("other", "by two");
        two.sync();
        one.sync();
        one.start();
        assertStopsAndChangesNothing(one.sync());
        one.folder().resume();
        assertSame();
        assertThat(texts(one)).contains("by two", "by one");
    }

    /** Between what it has read and what it sent lies a change of another one, so it knows more than it has read. */
    @Test
    void deviceKnowsWhatItSentBehindChangesThatItHasNotRead() throws Exception {
        recover(one);
        MemoryRemote.Backup before = server.backUp();
        two.write("other", "by two");
        two.sync();
        one.write("sent", "by one behind it");
        long cursor = one.store().cursor();
        server.failIn(1);
        assertThatThrownBy(() -> one.folder().sync(ScanScope.EVERYTHING, HeadNews.KNOWN_HEAD))
                .isInstanceOf(RemoteException.class);
        assertThat(one.store().cursor()).isEqualTo(cursor);
        server.restore(before);
        recover(two);
        for (int i = 0; i < 3; i++) {
            two.write("new " + i, "by two " + i);
            two.sync();
        }
        assertThat(server.head()).isGreaterThan(cursor + 2);
        assertStopsAndChangesNothing(one.sync());
        one.folder().resume();
        assertSame();
        assertThat(texts(one)).contains("by one behind it", "by two", "by two 2");
    }

    @Test
    void databaseFromBeforeThereWereMarksLearnsThem() throws Exception {
        recover(one);
        one.store().write(new TreeUpdate().fact("seen", Long.toString(server.head())));
        assertThat(one.sync().quiet()).isTrue();
        assertThat(one.store().fact("seen")).hasValueSatisfying(text -> assertThat(text).hasSize(48));
        server.restore(backup);
        one.store().write(new TreeUpdate().fact("seen", Long.toString(one.store().cursor())));
        assertStopsAndChangesNothing(one.sync());
    }

    private void recover(Device device) throws Exception {
        assertThat(device.sync().stopped()).isTrue();
        device.folder().resume();
        assertThat(device.sync().quiet()).isTrue();
    }

    private void assertStopsAndChangesNothing(SyncReport report) {
        assertThat(report.stopped()).isTrue();
        assertThat(report.done().changesUp() + report.done().changesDown()).isZero();
        assertThat(one.folder().status().state()).isEqualTo(FolderState.STOPPED_BY_VALVE);
        assertThat(one.folder().status().message()).isInstanceOf(Question.SetBack.class)
                .asString().contains("set back");
    }

    private static Collection<String> texts(Device device) {
        List<String> texts = new ArrayList<>();
        device.content().values().stream().filter(text -> text.startsWith("file"))
                .forEach(text -> texts.add(text.split(" ", 4)[3]));
        return texts;
    }
}
