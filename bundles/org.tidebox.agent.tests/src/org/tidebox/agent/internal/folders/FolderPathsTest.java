package org.tidebox.agent.internal.folders;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.agent.Home;

@Tag("C6")
class FolderPathsTest {
    @Test
    void portableFolderIsFoundAtAnotherMountPoint() {
        String written = portable("/media/one").write(Path.of("/media/one/My documents/letters"));
        assertThat(written).isEqualTo("../../My documents/letters");
        assertThat(portable("/mnt/other").read(written)).isEqualTo(Path.of("/mnt/other/My documents/letters"));
    }

    @Test
    void folderOutsideTheStickStaysAbsolute() {
        String written = portable("/media/one").write(Path.of("/home/ada/letters"));
        assertThat(written).isEqualTo("/home/ada/letters");
        assertThat(portable("/mnt/other").read(written)).isEqualTo(Path.of("/home/ada/letters"));
    }

    @Test
    void installedHomeWritesAbsolutePaths() {
        FolderPaths paths = new FolderPaths(new Home(Path.of("/home/ada/.tidebox"), false), Path.of("/home/ada"));
        assertThat(paths.write(Path.of("/home/ada/letters"))).isEqualTo("/home/ada/letters");
    }

    private static FolderPaths portable(String mount) {
        Path stick = Path.of(mount);
        return new FolderPaths(new Home(stick.resolve("tidebox/home"), true), stick);
    }
}
