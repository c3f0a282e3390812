package org.tidebox.server.tests.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.feature.Lease;
import org.tidebox.server.data.Stores;
import org.tidebox.server.session.Session;
import org.tidebox.server.tests.TestServer;
import org.tidebox.tree.Library;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.LibraryKind;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;

/** One name means one library, however a database compares names. */
@Tag("C1")
class LibraryNameTest {
    @TempDir
    Path folder;

    @Test
    void otherSpellingsMeanTheSameLibrary() throws Exception {
        try (TestServer server = new TestServer(folder)) {
            Session ada = server.session("ada");
            LibraryId files = server.library(ada, "Andr\u00e9");
            for (String spelling : List.of("Andr\u00e9 ", " Andr\u00e9", "Andre\u0301", "Andr\u00e9\u00a0")) {
                assertThat(server.library(ada, spelling)).as(spelling).isEqualTo(files);
            }
            assertThat(server.server.libraries().list(ada)).extracting(Library::name).containsExactly("Andr\u00e9");
        }
    }

    @Test
    void nameOfAnOlderVersionStaysUsable() throws Exception {
        try (TestServer server = new TestServer(folder)) {
            Session ada = server.session("ada");
            LibraryId old = LibraryId.random(server.random);
            try (Lease<Stores> stores = server.data.acquire()) {
                stores.get().metadata().journal().create(ada.account().id(), old, "Files ", LibraryKind.SYNC);
            }
            assertThat(server.library(ada, "Files ")).isEqualTo(old);
            assertThat(server.library(ada, "Files")).isEqualTo(old);
            assertThat(server.admin.retention("ada", "Files").trashDays()).isPositive();
        }
    }

    @Test
    void nameThatNobodyCanSeeIsRefused() throws Exception {
        try (TestServer server = new TestServer(folder)) {
            Session ada = server.session("ada");
            for (String bad : List.of(" ", "a\nb", "a\u202eb", "x".repeat(256))) {
                assertThatThrownBy(() -> server.library(ada, bad)).isInstanceOfSatisfying(ProblemException.class,
                        problem -> assertThat(problem.getType()).isEqualTo(ProblemType.BAD_NAME));
            }
        }
    }
}
