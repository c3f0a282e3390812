package org.tidebox.sync.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.sync.folder.Problem;
import org.tidebox.sync.tests.OnTwoDevices;

/** Symbolic links are kept as they are and never followed; hard links are two files with one content. */
@Tag("C1")
class LinksTest extends OnTwoDevices {
    @Test
    void linksTravelAsTheyAreAndAreNeverFollowed() throws Exception {
        Path outside = Files.createDirectories(temporary.resolve("outside"));
        Files.writeString(outside.resolve("private"), "must not travel");
        link("out", outside.toString());
        link("file out", outside.resolve("private").toString());
        link("dangling", "no/such file");
        link("self", "self");
        link("dir/up", "..");
        link("there", "back");
        link("back", "there");
        link("odd\nname", "target with\nnew line");
        assertSame();
        assertThat(two.content()).hasSize(9);
        assertThat(Files.readSymbolicLink(two.path("file out"))).hasToString(outside.resolve("private").toString());
        assertThat(server.bytesDown).as("no content belongs to a link").isZero();
    }

    @Test
    void whatALinkPointsToStaysAsItIs() throws Exception {
        Path outside = Files.createDirectories(temporary.resolve("outside"));
        Path target = Files.writeString(outside.resolve("private"), "stays");
        link("to file", target.toString());
        link("to folder", outside.toString());
        assertSame();
        Files.delete(two.path("to file"));
        Files.delete(two.path("to folder"));
        two.write("to file", "now a file");
        two.write("to folder/inside", "now a folder");
        assertSame();
        assertThat(one.read("to folder/inside")).isEqualTo("now a folder");
        assertThat(outside).isDirectoryContaining("glob:**/private");
        assertThat(outside.toFile().list()).hasSize(1);
        assertThat(target).hasContent("stays");
    }

    @Test
    void aLinkGetsAnotherTargetAndMoves() throws Exception {
        link("link", "first");
        assertSame();
        Files.delete(one.path("link"));
        link("link", "second");
        assertSame();
        assertThat(Files.readSymbolicLink(two.path("link"))).hasToString("second");
        Files.createDirectories(two.path("dir"));
        Files.move(two.path("link"), two.path("dir/moved"));
        assertSame();
        assertThat(Files.readSymbolicLink(one.path("dir/moved"))).hasToString("second");
        assertThat(Files.exists(one.path("link"), LinkOption.NOFOLLOW_LINKS)).isFalse();
    }

    @Test
    void hardLinksSendTheirContentOnceAndKeepBothNames() throws Exception {
        byte[] content = new byte[1 << 20];
        new Random(1).nextBytes(content);
        Files.write(one.path("film"), content);
        Files.createDirectories(one.path("dir"));
        Files.createLink(one.path("dir/same film"), one.path("film"));
        assertSame();
        assertThat(two.path("dir/same film")).hasBinaryContent(content);
        long sent = server.chunksUp;
        Files.createLink(one.path("third name"), one.path("film"));
        assertSame();
        assertThat(server.chunksUp - sent).as("chunks sent for another name").isZero();
        assertThat(server.live()).extracting("name").containsExactlyInAnyOrder("film", "dir", "same film",
                "third name");
    }

    @Test
    void anEditOfHardLinksHereIsOneOfBothAndAnEditElsewhereOfOne() throws Exception {
        one.write("a", "first");
        Files.createLink(one.path("b"), one.path("a"));
        assertSame();
        one.write("a", "written through one name");
        assertSame();
        assertThat(two.read("b")).isEqualTo("written through one name");
        two.write("b", "edited elsewhere");
        assertSame();
        assertThat(one.read("a")).isEqualTo("written through one name");
        assertThat(one.read("b")).isEqualTo("edited elsewhere");
    }

    @Test
    void renamingAndDeletingOneOfTwoHardLinksKeepsTheOther() throws Exception {
        one.write("a", "content");
        Files.createLink(one.path("b"), one.path("a"));
        assertSame();
        Files.move(one.path("a"), one.path("c"));
        assertSame();
        assertThat(two.content()).containsOnlyKeys("b", "c");
        Files.delete(one.path("b"));
        assertSame();
        assertThat(two.content()).containsOnlyKeys("c");
        assertThat(two.read("c")).isEqualTo("content");
    }

    @Test
    void socketsAndPipesAreSkippedAndListedAndDoNotStopTheOthers() throws Exception {
        one.write("file", "1");
        Process pipe = new ProcessBuilder("mkfifo", one.path("pipe").toString()).start();
        assertThat(pipe.waitFor()).isZero();
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(one.path("socket")));
            settle();
            assertThat(two.content()).containsOnlyKeys("file");
            assertThat(one.folder().status().problems()).extracting(Problem::path).containsExactly("pipe", "socket");
        }
        // A file becomes a pipe: that is no deletion of what is listed, but the file is gone.
        Files.delete(one.path("file"));
        Files.move(one.path("pipe"), one.path("file"));
        settle();
        assertThat(two.content()).isEmpty();
        assertThat(one.folder().status().problems()).extracting(Problem::path).containsExactly("file", "socket");
    }

    private void link(String name, String target) throws Exception {
        Files.createDirectories(one.path(name).getParent());
        Files.createSymbolicLink(one.path(name), Path.of(target));
    }
}
