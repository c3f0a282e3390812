package org.tidebox.sync.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.sync.FolderState;
import org.tidebox.sync.FolderStatus;

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
    void massDeletionAsks() throws Exception {
        for (int i = 0; i < 100; i++) {
            one.write("f" + i, "text " + i);
        }
        assertSame();
        for (int i = 0; i < 60; i++) {
            Files.delete(one.path("f" + i));
        }
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

    private void assertStopped(String reason) throws Exception {
        assertThat(one.sync().stopped()).isTrue();
        FolderStatus status = one.folder().status();
        assertThat(status.state()).isEqualTo(FolderState.STOPPED_BY_VALVE);
        assertThat(status.message()).contains(reason);
    }
}
