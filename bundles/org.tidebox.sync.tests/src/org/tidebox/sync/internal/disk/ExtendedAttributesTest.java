package org.tidebox.sync.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.delta.fastcdc.FastCdcChunker;
import org.tidebox.feature.SystemTime;
import org.tidebox.sync.folder.Problem;
import org.tidebox.sync.past.Export;
import org.tidebox.sync.past.PlacedNode;
import org.tidebox.sync.past.Restorer;
import org.tidebox.sync.tests.Device;
import org.tidebox.sync.tests.Extended;
import org.tidebox.sync.tests.MemoryTreeStore;
import org.tidebox.sync.tests.OnTwoDevices;
import org.tidebox.tree.ExtendedAttributes;
import org.tidebox.tree.Node;

/** Extended attributes travel where a folder keeps them, and are not lost where it does not. */
@Tag("C1")
class ExtendedAttributesTest extends OnTwoDevices {
    @BeforeEach
    void keepThem() throws Exception {
        Extended.assume(temporary);
        one.keepExtended(true);
        two.keepExtended(true);
    }

    @Test
    void theyTravelWithFilesAndFolders() throws Exception {
        one.write("dir/file", "content");
        Extended.set(one.path("dir/file"), "xdg.tags", "red,blue");
        Extended.set(one.path("dir/file"), "empty", "");
        Extended.set(one.path("dir/file"), "größe", new byte[]{0, -1, 10});
        Extended.set(one.path("dir"), "folder", "too");
        assertSame();
        assertThat(Extended.of(two.path("dir/file")))
                .isEqualTo(Map.of("xdg.tags", "red,blue", "empty", "", "größe", "00ff0a"));
        assertThat(Extended.of(two.path("dir"))).isEqualTo(Map.of("folder", "too"));
        assertQuietForGood();
    }

    @Test
    void aloneTheyMoveNoContentAndKeepTheTime() throws Exception {
        one.write("file", "content");
        Files.createDirectory(one.path("dir"));
        assertSame();
        long chunks = server.chunksUp + server.chunksDown;
        FileTime time = Files.getLastModifiedTime(two.path("file"));
        Extended.set(one.path("file"), "a", "1");
        Extended.set(one.path("dir"), "a", "1");
        assertSame();
        Extended.set(two.path("file"), "b", "2");
        Extended.remove(two.path("file"), "a");
        Extended.set(two.path("dir"), "a", "2");
        assertSame();
        assertThat(Extended.of(one.path("file"))).isEqualTo(Map.of("b", "2"));
        assertThat(Extended.of(one.path("dir"))).isEqualTo(Map.of("a", "2"));
        assertThat(server.chunksUp + server.chunksDown).isEqualTo(chunks);
        assertThat(Files.getLastModifiedTime(two.path("file"))).isEqualTo(time);
        assertQuietForGood();
    }

    /** Nothing is sent, and nothing written, when nothing changed. */
    private void assertQuietForGood() throws Exception {
        // Files that were written a moment ago are read once more.
        settle();
        long head = server.head();
        int uploads = server.uploads;
        for (Device device : List.of(one, two)) {
            assertThat(device.sync().done().changesDown()).isZero();
            assertThat(device.store().differences().isEmpty()).isTrue();
        }
        assertThat(server.head()).isEqualTo(head);
        assertThat(server.uploads).isEqualTo(uploads);
    }

    @Test
    void changesOnBothSidesAreMergedByName() throws Exception {
        one.write("file", "content");
        Extended.set(one.path("file"), "both", "0");
        Extended.set(one.path("file"), "gone", "0");
        assertSame();
        Extended.set(one.path("file"), "one", "1");
        Extended.set(one.path("file"), "both", "1");
        Extended.set(two.path("file"), "two", "2");
        Extended.set(two.path("file"), "both", "2");
        Extended.remove(two.path("file"), "gone");
        assertSame();
        assertThat(Extended.of(one.path("file"))).isEqualTo(Map.of("one", "1", "both", "1", "two", "2"))
                .isEqualTo(Extended.of(two.path("file")));
        assertQuietForGood();
    }

    @Test
    void theyFollowRenamesAndEdits() throws Exception {
        one.write("dir/file", "content");
        Extended.set(one.path("dir/file"), "a", "1");
        assertSame();
        long chunks = server.chunksUp;
        Files.move(one.path("dir/file"), one.path("moved"));
        Extended.set(one.path("moved"), "b", "2");
        assertSame();
        assertThat(Extended.of(two.path("moved"))).isEqualTo(Map.of("a", "1", "b", "2"));
        assertThat(server.chunksUp).isEqualTo(chunks);
        two.write("moved", "edited");
        Extended.set(one.path("moved"), "c", "3");
        assertSame();
        assertThat(one.read("moved")).isEqualTo("edited");
        assertThat(Extended.of(one.path("moved"))).isEqualTo(Map.of("a", "1", "b", "2", "c", "3"))
                .isEqualTo(Extended.of(two.path("moved")));
    }

    @Test
    void aFileThatIsReplacedWithoutThemHasNone() throws Exception {
        one.write("file", "content");
        Extended.set(one.path("file"), "a", "1");
        assertSame();
        one.write("new", "saved");
        Files.move(one.path("new"), one.path("file"), StandardCopyOption.REPLACE_EXISTING);
        assertSame();
        assertThat(two.read("file")).isEqualTo("saved");
        assertThat(Extended.of(two.path("file"))).isEmpty();
    }

    @Test
    void eachSideOfAConflictKeepsItsOwn() throws Exception {
        one.write("file.txt", "content");
        Extended.set(one.path("file.txt"), "of", "all");
        assertSame();
        one.write("file.txt", "by one");
        Extended.set(one.path("file.txt"), "of", "one");
        two.write("file.txt", "by two!");
        Extended.set(two.path("file.txt"), "of", "two");
        assertSame();
        for (Device device : List.of(one, two)) {
            for (String path : device.content().keySet()) {
                assertThat(Extended.of(device.path(path))).as(path)
                        .isEqualTo(Map.of("of", device.read(path).substring(3).replace("!", "")));
            }
        }
        assertThat(one.content()).hasSize(2);
    }

    @Test
    void aDeviceThatDoesNotKeepThemErasesNothing() throws Exception {
        two.keepExtended(false);
        one.write("dir/file", "content");
        Extended.set(one.path("dir/file"), "a", "1");
        Extended.set(one.path("dir"), "b", "2");
        assertSame();
        assertThat(Extended.of(two.path("dir/file"))).isEmpty();
        two.write("dir/file", "edited by two");
        Extended.set(two.path("dir/file"), "not", "kept");
        assertSame();
        Files.move(two.path("dir"), two.path("renamed"));
        assertSame();
        Extended.set(one.path("renamed/file"), "a", "3");
        assertSame();
        assertThat(Extended.of(one.path("renamed/file"))).isEqualTo(Map.of("a", "3"));
        assertThat(Extended.of(one.path("renamed"))).isEqualTo(Map.of("b", "2"));
        assertThat(Extended.of(two.path("renamed/file"))).isEqualTo(Map.of("not", "kept"));
        assertThat(two.folder().status().problems()).isEmpty();
        assertQuietForGood();
    }

    @Test
    void switchedOnLaterBothSidesGetWhatTheOtherHas() throws Exception {
        two.keepExtended(false);
        one.write("file", "content");
        one.write("dir/other", "content");
        Extended.set(one.path("file"), "both", "one");
        Extended.set(one.path("file"), "here", "one");
        Extended.set(one.path("dir"), "a", "1");
        assertSame();
        Extended.set(two.path("file"), "both", "two");
        Extended.set(two.path("file"), "there", "two");
        Extended.set(two.path("dir/other"), "b", "2");
        assertSame();
        two.keepExtended(true);
        assertSame();
        assertThat(Extended.of(one.path("file"))).isEqualTo(Map.of("both", "one", "here", "one", "there", "two"))
                .isEqualTo(Extended.of(two.path("file")));
        assertThat(Extended.of(two.path("dir"))).isEqualTo(Map.of("a", "1"));
        assertThat(Extended.of(one.path("dir/other"))).isEqualTo(Map.of("b", "2"));
        assertQuietForGood();
    }

    @Test
    void whatHappenedWhileTheyWereSwitchedOffIsCaughtUp() throws Exception {
        one.write("file", "content");
        one.write("still", "content");
        Extended.set(one.path("file"), "a", "1");
        Extended.set(one.path("still"), "s", "1");
        assertSame();
        two.keepExtended(false);
        Extended.set(one.path("file"), "a", "2");
        Extended.set(one.path("file"), "b", "2");
        assertSame();
        assertThat(Extended.of(two.path("file"))).isEqualTo(Map.of("a", "1"));
        Extended.remove(two.path("still"), "s");
        two.keepExtended(true);
        assertSame();
        assertThat(Extended.of(two.path("file"))).isEqualTo(Map.of("a", "2", "b", "2"))
                .isEqualTo(Extended.of(one.path("file")));
        assertThat(Extended.of(two.path("still"))).isEqualTo(Extended.of(one.path("still")));
    }

    @Test
    void aFileSystemWithoutThemIsToldOnceAndErasesNothing() throws Exception {
        try (FileSystem plain = Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setAttributeViews("basic", "owner", "posix", "unix").build());
                Device three = new Device("three", plain.getPath("/three"), server, new MemoryTreeStore(), 3)) {
            three.keepExtended(true);
            one.write("file", "content");
            one.write("other", "content");
            Extended.set(one.path("file"), "a", "1");
            Extended.set(one.path("other"), "a", "1");
            one.sync();
            three.sync();
            three.write("file", "edited by three");
            three.sync();
            three.sync();
            assertThat(three.folder().status().problems()).singleElement().extracting(Problem::reason).asString()
                    .startsWith("NoExtendedAttributes");
            assertSame();
            assertThat(one.read("file")).isEqualTo("edited by three");
            assertThat(Extended.of(two.path("file"))).isEqualTo(Map.of("a", "1"));
        }
    }

    @Test
    void whatADiskCannotHoldIsToldAndStaysElsewhere() throws Exception {
        String longest = "x".repeat(254);
        try (FileSystem roomy = Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setAttributeViews("basic", "owner", "posix", "user").build());
                Device three = new Device("three", roomy.getPath("/three"), server, new MemoryTreeStore(), 3)) {
            three.keepExtended(true);
            three.write("file", "content");
            Extended.set(three.path("file"), longest, "1");
            Extended.set(three.path("file"), "a", "1");
            three.sync();
            settle();
            assertRefused(one, longest);
            assertThat(Extended.of(one.path("file"))).isEqualTo(Map.of("a", "1"));
            one.write("file", "edited");
            Extended.set(one.path("file"), "a", "2");
            settle();
            one.start();
            settle();
            assertRefused(one, longest);
            three.sync();
            assertThat(three.read("file")).isEqualTo("edited");
            assertThat(Extended.of(three.path("file"))).isEqualTo(Map.of("a", "2", longest, "1"));
            Extended.remove(three.path("file"), longest);
            three.sync();
            settle();
            assertThat(one.folder().status().problems()).isEmpty();
            assertThat(Extended.of(one.path("file"))).isEqualTo(Map.of("a", "2"));
        }
    }

    private static void assertRefused(Device device, String name) {
        assertThat(device.folder().status().problems()).singleElement()
                .satisfies(problem -> assertThat(problem.path()).isEqualTo("file"))
                .satisfies(problem -> assertThat(problem.reason()).asString().startsWith("ExtendedNotHeld")
                        .contains(name));
    }

    @Test
    void tooManyAreToldWhileTheFileItselfTravels() throws Exception {
        try (FileSystem roomy = Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setAttributeViews("basic", "owner", "posix", "user").build());
                Device three = new Device("three", roomy.getPath("/three"), server, new MemoryTreeStore(), 3)) {
            three.keepExtended(true);
            three.write("file", "content");
            Extended.set(three.path("file"), "small", "1");
            three.sync();
            settle();
            Extended.set(three.path("file"), "large", new byte[ExtendedAttributes.MAX_BYTES]);
            three.write("file", "content, edited");
            three.sync();
            assertThat(three.folder().status().problems()).singleElement().extracting(Problem::reason).asString()
                    .startsWith("ExtendedNotSent").contains("8192 bytes");
            settle();
            assertThat(one.read("file")).isEqualTo("content, edited");
            assertThat(Extended.of(one.path("file"))).isEqualTo(Map.of("small", "1"));
            one.write("file", "edited by one");
            settle();
            three.sync();
            assertThat(three.read("file")).isEqualTo("edited by one");
            assertThat(Extended.of(three.path("file"))).as("what was not synchronised is not lost")
                    .containsOnlyKeys("small", "large");
            Extended.set(three.path("file"), "large", "small now");
            three.sync();
            settle();
            assertThat(three.folder().status().problems()).isEmpty();
            assertThat(Extended.of(one.path("file"))).isEqualTo(Map.of("small", "1", "large", "small now"));
        }
    }

    @Test
    void aVersionComesBackWithItsOwn() throws Exception {
        one.write("file", "first");
        Extended.set(one.path("file"), "version", "first");
        assertSame();
        one.write("file", "second");
        Extended.set(one.path("file"), "version", "second");
        Extended.set(one.path("file"), "more", "2");
        assertSame();
        Node first = server.history(Device.LIBRARY, server.live().getFirst().id()).getLast().node();
        PlacedNode placed = new PlacedNode("file", first);

        Path target = temporary.resolve("restored");
        try (Export export = new Export(target, Device.LIBRARY, server, Device.chunkers(new FastCdcChunker()),
                SystemTime.clock())) {
            export.write(List.of(placed));
            export.finish();
            assertThat(export.problems()).isEmpty();
        }
        assertThat(Extended.of(target.resolve("file"))).isEqualTo(Map.of("version", "first"));

        Restorer restorer = new Restorer(server, server, Device.LIBRARY, one.store(), new Random(1), "restored");
        restorer.bring(List.of(placed), true);
        restorer.finish();
        assertSame();
        assertThat(one.read("file")).isEqualTo("first");
        assertThat(Extended.of(one.path("file"))).isEqualTo(Map.of("version", "first"))
                .isEqualTo(Extended.of(two.path("file")));
    }

    @Test
    void aLostDatabaseFindsThemAgain() throws Exception {
        one.write("file", "content");
        Extended.set(one.path("file"), "a", "1");
        assertSame();
        two.close();
        two = new Device("two", temporary.resolve("two"), server, new MemoryTreeStore(), 4).keepExtended(true);
        assertSame();
        assertThat(one.content()).hasSize(1);
        assertThat(Extended.of(two.path("file"))).isEqualTo(Map.of("a", "1"));
        assertQuietForGood();
    }
}
