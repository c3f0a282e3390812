package org.tidebox.agent.internal.folders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.agent.AgentException;

@Tag("C1")
class FolderChecksTest {
    @TempDir
    private Path folder;
    private Path home;
    private Path documents;
    private FolderChecks checks;

    @BeforeEach
    void prepare() throws IOException {
        home = Files.createDirectories(folder.toRealPath().resolve("home"));
        documents = Files.createDirectories(folder.toRealPath().resolve("documents"));
        checks = new FolderChecks(home);
    }

    @Test
    void ordinaryFolderIsFine() throws AgentException {
        assertThat(checks.check(documents, List.of(folder.resolve("others")))).isEqualTo(documents);
    }

    @Test
    void linkToFolderStandsForTheFolder() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), documents);
        assertThat(checks.check(link, List.of())).isEqualTo(documents);
        assertRefused(link, "sync folder already", documents);
    }

    @Test
    void missingFolderIsToBeCreatedFirst() {
        assertRefused(folder.resolve("missing"), "create it first");
    }

    @Test
    void fileIsNoFolder() throws IOException {
        assertRefused(Files.writeString(folder.resolve("file"), ""), "is no folder");
    }

    @Test
    void relativePathIsRefused() {
        assertRefused(Path.of("documents"), "no absolute path");
    }

    @Test
    void homeItselfIsRefusedAndSoIsWhatIsInsideAndAround() throws IOException {
        assertRefused(home, "own home");
        assertRefused(Files.createDirectories(home.resolve("inside")), "inside Tidebox's own home");
        assertRefused(folder, "FolderAroundHome");
    }

    @Test
    void sameFolderTwiceIsRefusedAndSoIsWhatIsInsideAndAround() throws IOException {
        assertRefused(documents, "sync folder already", documents);
        assertRefused(Files.createDirectories(documents.resolve("inside")), "is inside the sync folder", documents);
        Path around = Files.createDirectories(folder.resolve("around"));
        assertRefused(around, "contains the sync folder",
                Files.createDirectories(around.toRealPath().resolve("inside")));
    }

    @Test
    void neighbourWithSimilarNameIsFine() throws Exception {
        Path neighbour = Files.createDirectories(folder.toRealPath().resolve("documents 2"));
        assertThat(checks.check(neighbour, List.of(documents))).isEqualTo(neighbour);
    }

    private void assertRefused(Path directory, String because, Path... others) {
        assertThatThrownBy(() -> checks.check(directory, List.of(others))).isInstanceOf(AgentException.class)
                .hasMessageContaining(because)
                .matches(e -> ((AgentException) e).isPermanent());
    }
}
