package org.tidebox.agent.internal.folders;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidebox.sync.device.TreeStore;
import org.tidebox.sync.folder.FolderState;
import org.tidebox.sync.folder.FolderStatus;
import org.tidebox.sync.folder.SyncTotals;

/** Counting all entries takes time, so it is done once per change and not while a folder works. */
class EntryCountTest {
    private long entries = 7;
    private int counted;
    private final EntryCount count = new EntryCount((TreeStore) Proxy.newProxyInstance(
            TreeStore.class.getClassLoader(), new Class<?>[]{TreeStore.class}, (self, method, values) -> {
                assertThat(method.getName()).isEqualTo("syncedCount");
                counted++;
                return entries;
            }));

    @Test
    void restingFolderIsCountedOnce() throws Exception {
        assertThat(count.of(status(FolderState.IDLE, 1))).isEqualTo(7);
        assertThat(count.of(status(FolderState.IDLE, 1))).isEqualTo(7);
        assertThat(counted).isEqualTo(1);
    }

    @Test
    void changeIsCountedWhenTheFolderRestsAgain() throws Exception {
        count.of(status(FolderState.IDLE, 1));
        entries = 8;
        assertThat(count.of(status(FolderState.SYNCING, 2))).as("while it works").isEqualTo(7);
        assertThat(count.of(status(FolderState.IDLE, 2))).isEqualTo(8);
        assertThat(counted).isEqualTo(2);
    }

    @Test
    void whatWasCountedAtWorkIsCountedAgainAtRest() throws Exception {
        assertThat(count.of(status(FolderState.SYNCING, 3))).isEqualTo(7);
        entries = 9;
        assertThat(count.of(status(FolderState.ERROR, 3))).isEqualTo(9);
    }

    private static FolderStatus status(FolderState state, long changes) {
        return new FolderStatus(state, null, 0, 0, List.of(), new SyncTotals(0, 0, 0, 0, changes, 0, 0), 0, 0,
                List.of(),
                List.of());
    }
}
