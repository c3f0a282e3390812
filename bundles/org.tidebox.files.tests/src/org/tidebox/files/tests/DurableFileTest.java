package org.tidebox.files.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.files.DurableFile;
import org.tidebox.files.tests.disk.EveryCrash;

class DurableFileTest {
    private static final byte[] OLD = "the old content".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NEW = "what is new".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void crashLeavesTheOldOrTheNewContent() throws Exception {
        EveryCrash.during(there -> Files.write(file(there), OLD), there -> new DurableFile(file(there)).replace(NEW),
                DurableFileTest::isOldOrNew);
    }

    @Test
    void crashLeavesNoFileOrTheWholeOne() throws Exception {
        EveryCrash.during(there -> {
        }, there -> new DurableFile(file(there)).replace(NEW), (there, done) -> {
            if (done || Files.exists(file(there))) {
                assertThat(file(there)).hasBinaryContent(NEW);
            }
        });
    }

    @Test
    void replacementGoesOnAfterACrash() throws Exception {
        EveryCrash.during(there -> {
        }, there -> new DurableFile(file(there)).replace(OLD), (there, done) -> {
            new DurableFile(file(there)).replace(NEW);
            assertThat(new DurableFile(file(there)).read()).contains(NEW);
        });
    }

    @Test
    void writingInPlaceWouldBeFoundOut() {
        assertThatThrownBy(() -> EveryCrash.during(there -> Files.write(file(there), OLD), there -> Files.write(file(
                there), NEW), DurableFileTest::isOldOrNew)).isInstanceOf(AssertionError.class);
    }

    @Test
    void renamingWhatIsNotForcedWouldBeFoundOut() {
        assertThatThrownBy(() -> EveryCrash.during(there -> Files.write(file(there), OLD), there -> {
            Path fresh = Files.write(there.resolve("fresh"), NEW);
            Files.move(fresh, file(there), StandardCopyOption.ATOMIC_MOVE);
        }, DurableFileTest::isOldOrNew)).isInstanceOf(AssertionError.class);
    }

    @Test
    void onlyItsOwnerCanReadIt() throws Exception {
        DurableFile file = new DurableFile(folder.resolve("file"));
        file.replace(OLD);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path()))).isEqualTo("rw-------");
    }

    @Test
    void missingFileHoldsNothing() throws Exception {
        assertThat(new DurableFile(folder.resolve("file")).read()).isEmpty();
    }

    @Test
    void fileIsMovedAsideUnderANameThatNobodyHas() throws Exception {
        DurableFile file = new DurableFile(folder.resolve("file"));
        file.replace(OLD);
        assertThat(file.moveAside("aside")).hasFileName("aside");
        file.replace(NEW);
        assertThat(file.moveAside("aside")).hasFileName("aside-2").hasBinaryContent(NEW);
        assertThat(folder.resolve("aside")).hasBinaryContent(OLD);
        assertThat(file.path()).doesNotExist();
    }

    private static Path file(Path folder) {
        return folder.resolve("file");
    }

    private static void isOldOrNew(Path folder, boolean done) throws Exception {
        assertThat(Files.readAllBytes(file(folder))).isIn(done ? NEW : OLD, NEW);
    }
}
