package org.tidebox.server.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.tree.Change;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.Library;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.LibraryKind;
import org.tidebox.wire.Messages.NewLibrary;
import org.tidebox.wire.Messages.Uploaded;
import org.tidebox.wire.Problem;
import org.tidebox.wire.ProblemType;
import org.tidebox.wire.Routes;

/** A server that all tests of a class ask over TLS; each has an account and a library of its own. */
public abstract class OnHttp {
    @TempDir
    protected static Path folder;
    protected static HttpServer server;
    protected String token;
    protected LibraryId library;

    @BeforeAll
    protected static void open() throws Exception {
        server = new HttpServer(folder);
    }

    @AfterAll
    protected static void close() {
        server.close();
    }

    @BeforeEach
    protected final void join() throws Exception {
        token = server.core.join("ada" + server.core.random.nextInt(Integer.MAX_VALUE));
        library = library(token);
    }

    /** Makes a library with somebody's token. */
    protected static LibraryId library(String token) throws Exception {
        HttpResponse<byte[]> made = server.post(Routes.LIBRARIES, token, new NewLibrary("docs", LibraryKind.SYNC));
        assertThat(made.statusCode()).isEqualTo(201);
        return HttpServer.read(made, Library.class).id();
    }

    protected final void commit(Change change) throws Exception {
        commit(token, library, change);
    }

    protected static void commit(String token, LibraryId library, Change change) throws Exception {
        byte[] frames = TestServer.frames(List.of(), new Commit(CommitId.random(server.core.random), List.of(change)));
        assertThat(HttpServer.read(server.post(Routes.upload(library), token, Routes.FRAMES, frames), Uploaded.class)
                .commit().outcomes()).allMatch(CommitResult.Outcome::isAccepted);
    }

    protected static Problem assertProblem(ProblemType type, HttpResponse<byte[]> response) throws Exception {
        Problem problem = HttpServer.problem(response);
        assertThat(ProblemType.of(problem)).as(problem.toString()).isEqualTo(type);
        assertThat(response.statusCode()).isEqualTo(type.status()).isEqualTo(problem.status());
        assertThat(problem.detail()).isNotBlank().doesNotContain("Exception", "\tat ");
        return problem;
    }
}
