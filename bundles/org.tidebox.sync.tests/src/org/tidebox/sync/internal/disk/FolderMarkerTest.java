package org.tidebox.sync.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.files.tests.disk.EveryCrash;
import org.tidebox.sync.device.FolderId;

/** The marker in a sync folder tells the folder's id, or nothing. */
@Tag("C1")
class FolderMarkerTest {
    @TempDir
    Path root;

    @Test
    void markerThatIsDamagedIsTakenForNone() throws Exception {
        FolderMarker marker = new FolderMarker(root);
        FolderId id = FolderId.random(new Random(1));
        assertThat(marker.read()).isEmpty();
        marker.write(id);
        assertThat(marker.read()).contains(id);
        Path file = root.resolve(FolderMarker.FOLDER).resolve("folder");
        String whole = Files.readString(file).strip();
        for (String damaged : new String[]{"", "\n", whole.substring(1), whole + "0", "z" + whole.substring(1)}) {
            Files.writeString(file, damaged);
            assertThat(marker.read()).as("marker '%s'", damaged).isEmpty();
        }
        marker.write(id);
        assertThat(marker.read()).contains(id);
    }

    @Test
    void crashLeavesTheOldOrTheNewMarker() throws Exception {
        FolderId old = FolderId.random(new Random(1));
        FolderId fresh = FolderId.random(new Random(2));
        EveryCrash.during(folder -> new FolderMarker(folder).write(old), folder -> new FolderMarker(folder).write(
                fresh),
                (folder, done) -> assertThat(new FolderMarker(folder).read().orElseThrow()).isIn(
                        done ? fresh : old, fresh));
    }
}
