package org.tidebox.agent.internal.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.feature.SwapPoint;
import org.tidebox.files.tests.disk.EveryCrash;
import org.tidebox.rules.IgnoreDefaults;
import org.tidebox.rules.IgnoreProvider;
import org.tidebox.rules.IgnoreRegistry;
import org.tidebox.rules.IgnoreScope;
import org.tidebox.rules.ignorefile.GitIgnoreProvider;

@Tag("D3")
@Timeout(60)
class IgnoreBookTest {
    @TempDir
    Path home;
    private Path file;
    private IgnoreBook book;

    @BeforeEach
    void open() {
        file = home.resolve("ignore");
        SwapPoint<IgnoreProvider> point = new SwapPoint<>(IgnoreRegistry.POINT);
        point.add(GitIgnoreProvider.NAME, 0, new GitIgnoreProvider());
        book = new IgnoreBook(file, point::acquire);
    }

    @Test
    void fileIsMadeWhereItIsMissing() {
        assertThat(ignores("Thumbs.db")).isTrue();
        assertThat(file).exists();
        assertThat(book.notice()).isEmpty();
    }

    @Test
    void crashLeavesNoFileOrTheWholeOne() throws Exception {
        EveryCrash.during(folder -> {
        }, folder -> new IgnoreBook(folder.resolve("ignore"), null).defaults(), (folder, done) -> {
            Path made = folder.resolve("ignore");
            if (done || Files.exists(made)) {
                assertThat(Files.readString(made)).isEqualTo(IgnoreDefaults.text());
            }
        });
    }

    @Test
    void linkOfTheOwnerIsFollowed() throws IOException {
        Files.createSymbolicLink(file, Files.writeString(home.resolve("mine"), "secret\n"));
        assertThat(ignores("secret")).isTrue();
        assertThat(ignores("other")).isFalse();
    }

    @Test
    void nothingNewIsACandidateWhileNobodyKnowsWhatItSays() throws IOException {
        Files.createSymbolicLink(file, Path.of("/dev/zero"));
        assertThat(ignores("other")).isTrue();
        assertThat(book.notice().orElseThrow()).contains(file.toString()).contains("no regular file");
        Files.delete(file);
        Files.writeString(file, "x".repeat(100_000));
        assertThat(book.hasChanged()).isTrue();
        assertThat(ignores("other")).isTrue();
        assertThat(book.notice().orElseThrow()).contains("larger than 64 KiB");
        Files.writeString(file, "secret\n");
        assertThat(book.hasChanged()).isTrue();
        assertThat(ignores("other")).isFalse();
        assertThat(book.notice()).isEmpty();
    }

    private boolean ignores(String name) {
        IgnoreScope scope = book.root(book.defaults(), "");
        return scope.ignores(name, false);
    }
}
