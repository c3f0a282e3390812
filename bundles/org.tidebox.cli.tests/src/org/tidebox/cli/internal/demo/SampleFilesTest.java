package org.tidebox.cli.internal.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("P5")
class SampleFilesTest {
    private static final long SMALL_FILM = 1 << 20;

    @TempDir
    private Path folder;

    @Test
    void sameSeedMakesTheSameBytes() throws IOException {
        new SampleFiles(7, SMALL_FILM).writeTo(folder.resolve("one"));
        new SampleFiles(7, SMALL_FILM).writeTo(folder.resolve("two"));
        TreeComparison same = TreeComparison.of(folder.resolve("one"), folder.resolve("two"));
        assertThat(same.differences()).allMatch(difference -> difference.endsWith("another time"));
        assertThat(same.files()).isGreaterThan(200);
        new SampleFiles(8, SMALL_FILM).writeTo(folder.resolve("three"));
        assertThat(TreeComparison.of(folder.resolve("one"), folder.resolve("three")).differences())
                .anyMatch(difference -> difference.endsWith("another content"));
    }

    @Test
    void filmHasExactlyTheWantedSize() throws IOException {
        new SampleFiles(7, SMALL_FILM + 1).writeTo(folder);
        assertThat(Files.size(folder.resolve(SampleFiles.FILM))).isEqualTo(SMALL_FILM + 1);
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum())
                    .isBetween(10L << 20, 40L << 20);
        }
    }

    @Test
    void comparisonSeesMissingAndChangedFiles() throws IOException {
        Path one = Files.createDirectories(folder.resolve("one"));
        Path two = Files.createDirectories(folder.resolve("two"));
        Files.createDirectories(one.resolve(".tidebox/tmp"));
        assertThat(TreeComparison.of(one, two).isSame()).isTrue();
        Files.writeString(one.resolve("letter"), "a");
        assertThat(TreeComparison.of(one, two).differences()).containsExactly("letter is missing in two");
        Files.createDirectories(two.resolve("letter"));
        assertThat(TreeComparison.of(one, two).differences()).containsExactly("letter is not of the same kind");
        Files.writeString(two.resolve("other"), "a");
        assertThat(TreeComparison.of(one, two).differences()).contains("other is missing in one");
    }
}
