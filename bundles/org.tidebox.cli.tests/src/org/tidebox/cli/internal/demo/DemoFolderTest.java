package org.tidebox.cli.internal.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.cli.internal.shell.CommandFailure;

@Tag("P5")
class DemoFolderTest {
    @TempDir
    private Path folder;

    @Test
    void folderOfAnEarlierDemoIsMadeAnew() throws Exception {
        DemoFolder first = DemoFolder.create(folder.resolve("demo"));
        Path left = Files.writeString(Files.createDirectories(first.files("laptop")).resolve("letter"), "old");
        DemoFolder.create(folder.resolve("demo"));
        assertThat(left).doesNotExist();
        assertThat(first.root()).isDirectory();
    }

    @Test
    void linkInTheFolderIsRemovedButNotFollowed() throws Exception {
        Path mine = Files.writeString(folder.resolve("mine"), "keep me");
        DemoFolder demo = DemoFolder.create(folder.resolve("demo"));
        Files.createSymbolicLink(demo.root().resolve("link"), folder);
        demo.remove();
        assertThat(demo.root()).doesNotExist();
        assertThat(mine).exists();
    }

    @Test
    void foreignFolderIsNeverTouched() throws IOException {
        Path mine = Files.writeString(Files.createDirectories(folder.resolve("demo")).resolve("mine"), "keep me");
        assertThatThrownBy(() -> DemoFolder.create(folder.resolve("demo"))).isInstanceOf(CommandFailure.class);
        new DemoFolder(folder.resolve("demo")).remove();
        assertThat(mine).exists();
    }
}
