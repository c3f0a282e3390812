package org.tidebox.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.feature.SystemTime;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.HeadNews;
import org.tidebox.sync.folder.ScanScope;
import org.tidebox.sync.tests.CrashingStore;
import org.tidebox.sync.tests.Device;
import org.tidebox.sync.tests.MemoryTreeStore;
import org.tidebox.sync.tests.OnTwoDevices;

/** What happens when both devices change the same things, or change things into each other. */
@Tag("C1")
class BothSidesTest extends OnTwoDevices {
    @Test
    void equalFilesMadeOnBothSidesAreNoConflict() throws Exception {
        one.write("dir/same", "equal");
        two.write("dir/same", "equal");
        assertSame();
        assertThat(one.content()).containsOnlyKeys("dir", "dir/same");
        assertThat(two.folder().status().conflicts()).isEmpty();
    }

    @Test
    void namesSwapOnBothSides() throws Exception {
        one.write("a", "was a");
        one.write("b", "was b, longer");
        assertSame();
        long chunks = server.chunksUp + server.chunksDown;
        swap(one.path("a"), one.path("b"));
        assertSame();
        assertThat(two.read("a")).isEqualTo("was b, longer");
        assertThat(server.chunksUp + server.chunksDown).isEqualTo(chunks);
    }

    @Test
    void foldersMovedIntoEachOtherOnTwoDevicesMakeNoCycle() throws Exception {
        one.write("a/x", "1");
        one.write("b/y", "2");
        assertSame();
        Files.move(one.path("a"), one.path("b/a"));
        Files.move(two.path("b"), two.path("a/b"));
        assertSame();
        assertThat(one.content().keySet()).contains("b/a/x", "b/y");
    }

    @Test
    void editBeatsDeletionInBothDirections() throws Exception {
        one.write("kept", "1");
        one.write("dir/a", "1");
        one.write("dir/b", "1");
        assertSame();
        removeTree(one.path("dir"));
        two.write("dir/a", "edited");
        assertSame();
        assertThat(one.content()).containsOnlyKeys("kept", "dir", "dir/a");
        one.write("dir/a", "edited again");
        removeTree(two.path("dir"));
        two.sync();
        assertSame();
        assertThat(two.read("dir/a")).isEqualTo("edited again");
    }

    @Test
    void fileAndFolderTakeEachOthersPlace() throws Exception {
        one.write("thing", "a file");
        one.write("other/file", "1");
        assertSame();
        Files.delete(one.path("thing"));
        one.write("thing/inside", "now a folder");
        removeTree(one.path("other"));
        one.write("other", "now a file");
        assertSame();
        assertThat(two.content()).containsOnlyKeys("thing", "thing/inside", "other");
    }

    @Test
    void deletionElsewhereCountsForAFileThatWasReadRightAfterItWasWritten() throws Exception {
        Instant frozen = SystemTime.clock().instant();
        boolean[] isFrozen = {true};
        try (Device quick = new Device("quick", temporary.resolve("quick"), server, new MemoryTreeStore(), 3,
                () -> isFrozen[0] ? frozen : SystemTime.clock().instant())) {
            quick.write("kept", "1");
            quick.write("dir/file", "1");
            quick.sync();
            isFrozen[0] = false;
            two.sync();
            removeTree(two.path("dir"));
            two.sync();
            quick.folder().sync(ScanScope.NOTHING, HeadNews.UNKNOWN_HEAD);
            assertThat(quick.content()).containsOnlyKeys("kept");
            assertThat(server.live()).hasSize(1);
        }
    }

    @Test
    void editAfterACrashIsNoConflictWithTheEditSentBeforeIt() throws Exception {
        CrashingStore store = new CrashingStore(new MemoryTreeStore());
        try (Device crashing = new Device("crashing", temporary.resolve("crashing"), server, store, 3)) {
            for (int writes = 0; writes < 8; writes++) {
                crashing.write("note", "before the crash at write " + writes);
                crashing.write("new " + writes, "before the crash");
                store.crashAfter(writes);
                try {
                    crashing.sync();
                } catch (TreeStoreException e) {
                    assertThat(e).hasMessage("crashed");
                }
                store.mend();
                crashing.start();
                crashing.write("note", "after the crash at write " + writes + ", longer");
                crashing.write("new " + writes, "after the crash, longer");
                crashing.sync();
                assertThat(crashing.content().keySet()).noneMatch(name -> name.contains("conflict"));
            }
            assertSame();
            assertThat(one.content()).isEqualTo(crashing.content());
        }
    }
}
