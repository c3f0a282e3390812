package org.tidebox.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.sync.folder.HeadNews;
import org.tidebox.sync.folder.ScanScope;
import org.tidebox.sync.tests.OnTwoDevices;

/** How much one run of a folder does, and what it leaves behind. */
@Tag("D1")
class SyncFolderTest extends OnTwoDevices {
    @Test
    void leftoversOfACrashAreRemoved() throws Exception {
        one.sync();
        Files.writeString(one.path(".tidebox/tmp/left"), "over");
        one.start();
        one.sync();
        assertThat(Files.exists(one.path(".tidebox/tmp/left"))).isFalse();
    }

    @Test
    void closedFolderRunsNoMore() throws Exception {
        one.folder().close();
        assertThatThrownBy(one::sync).isInstanceOf(InterruptedException.class);
    }

    @Test
    @Tag("C4")
    void equalSequencesMoveNothing() throws Exception {
        one.write("a", "1");
        assertSame();
        int requests = server.requests();
        one.folder().sync(ScanScope.EVERYTHING, server.head());
        assertThat(server.requests()).isEqualTo(requests);
    }

    @Test
    void smallEditTakesOneRequestHereAndTwoThere() throws Exception {
        one.write("dir/a", "1");
        assertSame();
        int requests = server.requests();
        one.write("dir/a", "22");
        one.folder().sync(ScanScope.folders(Set.of(Path.of("dir"))), HeadNews.KNOWN_HEAD);
        assertThat(server.requests() - requests).isEqualTo(1);
        two.folder().sync(ScanScope.NOTHING, server.head());
        assertThat(server.requests() - requests).isEqualTo(3);
        assertThat(two.read("dir/a")).isEqualTo("22");
    }
}
