package org.tidebox.files.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.files.PrivateFiles;

class PrivateFilesTest {
    @TempDir
    Path folder;

    @Test
    void foldersAreForTheirOwnerFromTheirFirstMomentOn() throws IOException {
        PrivateFiles.createFolders(folder.resolve("a/b"));
        PrivateFiles.createFolder(folder.resolve("c"));
        assertThat(mode(folder.resolve("a"))).isEqualTo("rwx------");
        assertThat(mode(folder.resolve("a/b"))).isEqualTo("rwx------");
        assertThat(mode(folder.resolve("c"))).isEqualTo("rwx------");
    }

    @Test
    void folderThatIsThereIsClosedToOthers() throws IOException {
        Path open = Files.createDirectory(folder.resolve("open"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxr-x"));
        PrivateFiles.createFolders(open);
        assertThat(mode(open)).isEqualTo("rwx------");
    }

    @Test
    void linkToAFolderIsAsGood() throws IOException {
        Path real = Files.createDirectory(folder.resolve("real"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        PrivateFiles.createFolders(link);
        assertThat(mode(real)).isEqualTo("rwx------");
    }

    @Test
    void newFileIsForItsOwnerAndTakesNobodysPlace() throws IOException {
        Path file = folder.resolve("file");
        PrivateFiles.create(file).close();
        assertThat(mode(file)).isEqualTo("rw-------");
        assertThatThrownBy(() -> PrivateFiles.create(file)).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void fileIsClosedToOthers() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        PrivateFiles.restrict(file);
        assertThat(mode(file)).isEqualTo("rw-------");
    }

    @Test
    void whereNobodyOwnsFilesTheyAreJustMade() throws IOException {
        try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows())) {
            Path made = windows.getPath("C:\\a\\b");
            PrivateFiles.createFolders(made);
            PrivateFiles.create(made.resolve("file")).close();
            PrivateFiles.restrict(made.resolve("file"));
            assertThat(Files.exists(made.resolve("file"))).isTrue();
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
