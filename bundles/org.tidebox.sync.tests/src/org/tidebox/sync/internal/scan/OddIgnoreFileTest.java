package org.tidebox.sync.internal.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tidebox.rules.ignorefile.GitIgnoreProvider;
import org.tidebox.sync.folder.FolderState;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.sync.folder.Problem;
import org.tidebox.sync.tests.Device;
import org.tidebox.sync.tests.OnTwoDevices;

/**
 * What stands in the place of an ignore file holds nobody up, and what an ignore file that cannot be used may keep back
 * stays here.
 */
@Tag("D3")
@Timeout(60)
class OddIgnoreFileTest extends OnTwoDevices {
    private Path file;

    @BeforeEach
    void ignore() throws Exception {
        for (Device device : List.of(one, two)) {
            device.folder().ignore(new GitIgnoreProvider(), "");
        }
        one.write("dir/old", "old");
        one.write("other/old", "old");
        settle();
        file = one.path("dir/.tidebox-ignore");
    }

    @Test
    void linkToADeviceOrPipeSaysNothing() throws Exception {
        Files.createSymbolicLink(file, Path.of("/dev/zero"));
        assertGoesOn(new Obstacle.IgnoreNoFile(true));
        Path pipe = temporary.resolve("pipe");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "pipes can be made");
        Files.delete(file);
        Files.createSymbolicLink(file, pipe);
        assertGoesOn(new Obstacle.IgnoreNoFile(true));
        Files.delete(file);
        Files.move(pipe, file);
        assertGoesOn(new Obstacle.SpecialFile());
    }

    @Test
    void folderOrLinkInACircleSaysNothing() throws Exception {
        Files.createSymbolicLink(file, file);
        assertGoesOn(new Obstacle.IgnoreNoFile(true));
        Files.delete(file);
        Files.createDirectory(file);
        assertGoesOn(new Obstacle.IgnoreNoFile(false));
        Files.delete(file);
        settle();
        assertThat(one.folder().status().problems()).isEmpty();
    }

    @Test
    void whatALinkedFileMayKeepBackStaysHere() throws Exception {
        Path target = temporary.resolve("patterns");
        Files.createSymbolicLink(file, target);
        assertHeldBack(new Obstacle.LinkNotFollowed());
        Files.writeString(target, "secret\n");
        assertHeldBack(new Obstacle.LinkNotFollowed());
        Files.delete(file);
        Files.copy(target, file);
        settle();
        assertThat(two.path("dir/secret")).doesNotExist();
        assertThat(two.read("dir/deep/new")).isEqualTo("new");
        assertThat(one.folder().status().problems()).isEmpty();
    }

    @Test
    void whatAFileThatIsTooLargeMayKeepBackStaysHere() throws Exception {
        one.write("dir/.tidebox-ignore", "secret\n" + "x".repeat(64 * 1024));
        assertHeldBack(new Obstacle.TooLarge(64 << 10));
        one.write("dir/.tidebox-ignore", "secret\n");
        settle();
        assertThat(two.path("dir/secret")).doesNotExist();
        assertThat(two.read("dir/deep/new")).isEqualTo("new");
    }

    @Test
    void filesInFoldersOfEachOtherAreBoundedTogether() throws Exception {
        String folder = "dir/";
        for (int depth = 0; depth < 5; depth++) {
            one.write(folder + ".tidebox-ignore", "x".repeat(60 * 1024));
            one.write(folder + "new", "new");
            folder += "sub/";
        }
        settle();
        assertThat(two.path("dir/sub/sub/sub/new")).exists();
        assertThat(two.path("dir/sub/sub/sub/sub/new")).doesNotExist();
        assertThat(one.folder().status().problems()).extracting(Problem::path)
                .containsExactly("dir/sub/sub/sub/sub/.tidebox-ignore");
    }

    @Test
    void errorDuringAScanIsShownAndForgottenOnceItWorks() throws Exception {
        one.folder().ignore((defaults, own) -> {
            throw new OutOfMemoryError("the test says so");
        }, "");
        one.write("dir/new", "new");
        assertThatThrownBy(() -> one.sync()).isInstanceOf(OutOfMemoryError.class);
        assertThat(one.folder().status().state()).isEqualTo(FolderState.ERROR);
        assertThat(one.folder().status().message()).asString().contains("the test says so");
        one.folder().ignore(new GitIgnoreProvider(), "");
        assertSame();
        assertThat(one.folder().status().state()).isEqualTo(FolderState.IDLE);
    }

    private void assertGoesOn(Obstacle reason) throws Exception {
        String name = "new" + System.identityHashCode(reason) + Files.list(one.path("dir")).count();
        one.write("dir/" + name, "new");
        one.write("dir/deep/" + name, "new");
        settle();
        assertThat(two.read("dir/" + name)).isEqualTo("new");
        assertThat(two.read("dir/deep/" + name)).isEqualTo("new");
        assertThat(one.folder().status().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo("dir/.tidebox-ignore");
            assertThat(problem.reason()).isEqualTo(reason);
        });
    }

    private void assertHeldBack(Obstacle reason) throws Exception {
        one.write("dir/secret", "s");
        one.write("dir/deep/new", "new");
        one.write("dir/old", "edit" + reason + Files.exists(file));
        one.write("other/new", "new");
        settle();
        settle();
        assertThat(two.path("dir/secret")).doesNotExist();
        assertThat(two.path("dir/deep")).doesNotExist();
        assertThat(two.read("dir/old")).isEqualTo(one.read("dir/old"));
        assertThat(two.read("other/new")).isEqualTo("new");
        assertThat(one.folder().status().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo("dir/.tidebox-ignore");
            assertThat(problem.reason()).isEqualTo(new Obstacle.IgnoreUnusable(reason));
        });
    }
}
