package org.tidebox.sync.internal.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.sync.folder.Problem;
import org.tidebox.sync.tests.Device;
import org.tidebox.sync.tests.MemoryTreeStore;
import org.tidebox.sync.tests.OnTwoDevices;

/** Names and kinds of entries that not every device can hold travel, or are listed. */
@Tag("C1")
class OddEntriesTest extends OnTwoDevices {
    @Test
    void hardNamesTravel() throws Exception {
        List<String> names = List.of("new\nline", "tab\there", " leading", "trailing ", "-dash", "quote'\"", "ünïcödé",
                "日本語", "😀",
                "a\u0001b", "x".repeat(255), "con", "a:b", "back\\slash", "~", "...", ".hidden");
        for (String name : names) {
            one.write(name, name);
        }
        assertSame();
        assertThat(two.content().keySet()).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void decomposedNamesTravelComposedAndStayAsTheyAreHere() throws Exception {
        one.write("u\u0308ber", "1");
        settle();
        assertThat(two.content()).containsOnlyKeys("\u00fcber");
        assertThat(one.content()).containsOnlyKeys("u\u0308ber");
        one.write("\u00fcber", "a twin");
        one.sync();
        assertThat(one.folder().status().problems()).singleElement().extracting(Problem::path).isEqualTo("\u00fcber");
        two.write("\u00fcber", "edited");
        settle();
        assertThat(one.read("u\u0308ber")).isEqualTo("edited");
    }

    @Test
    void specialFilesAreListed() throws Exception {
        one.write("file", "1");
        new ProcessBuilder("mkfifo", one.path("pipe").toString()).start().waitFor();
        settle();
        assertThat(two.content()).containsOnlyKeys("file");
        assertThat(one.folder().status().problems()).singleElement().extracting(Problem::path).isEqualTo("pipe");
        Files.delete(one.path("pipe"));
        one.sync();
        assertThat(one.folder().status().problems()).isEmpty();
    }

    @Test
    void caseTwinsAreListedWhereTheDiskCannotHoldThem() throws Exception {
        try (FileSystem files = Jimfs.newFileSystem(Configuration.osX());
                Device mac = new Device("mac", files.getPath("/mac"), server, new MemoryTreeStore(), 3)) {
            one.write("Readme", "big");
            one.write("readme", "small");
            one.write("other", "1");
            one.sync();
            mac.sync();
            assertThat(mac.content()).hasSize(2).containsKey("other");
            assertThat(mac.folder().status().problems()).singleElement().extracting(Problem::reason).asString()
                    .startsWith("NameTwinHere");
            one.sync();
            assertThat(one.content()).hasSize(3);
        }
    }

    @Test
    void windowsCannotHoldSomeNamesAndSaysSo() throws Exception {
        try (FileSystem files = Jimfs.newFileSystem(Configuration.windows());
                Device windows = new Device("windows", files.getPath("C:\\box"), server, new MemoryTreeStore(), 3)) {
            one.write("a:b/inside", "1");
            one.write("fine", "1");
            one.sync();
            windows.sync();
            assertThat(windows.content()).containsOnlyKeys("fine");
            assertThat(windows.folder().status().problems()).hasSize(2);
            one.sync();
            assertThat(one.content()).hasSize(3);
        }
    }

    @Test
    void readOnlyFoldersAreFilledAndEmptied() throws Exception {
        one.write("locked/file", "1");
        Files.setPosixFilePermissions(one.path("locked"), PosixFilePermissions.fromString("r-xr-xr-x"));
        assertSame();
        assertThat(two.content().get("locked")).isEqualTo("folder r-xr-xr-x");
        Files.setPosixFilePermissions(one.path("locked"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.delete(one.path("locked/file"));
        assertSame();
        assertThat(two.content()).containsOnlyKeys("locked");
    }
}
