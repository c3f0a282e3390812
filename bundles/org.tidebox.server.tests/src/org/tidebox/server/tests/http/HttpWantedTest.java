package org.tidebox.server.tests.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.server.tests.HttpServer;
import org.tidebox.server.tests.OnHttp;
import org.tidebox.server.tests.TestServer;
import org.tidebox.server.tests.TestServer.Sent;
import org.tidebox.tree.Change;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.wire.Messages.ChunkIds;
import org.tidebox.wire.Messages.Wanted;
import org.tidebox.wire.ProblemType;
import org.tidebox.wire.Routes;

/** What the server asks devices to send again, over real TLS. */
@Tag("P3")
@Tag("C1")
class HttpWantedTest extends OnHttp {
    @Test
    void fileWithDamagedContentIsWantedOfItsOwnerOnlyAndUntilItCameAgain() throws Exception {
        String other = server.core.join("bob");
        LibraryId others = library(other);
        Set<Path> before = packs();
        Sent chunk = TestServer.chunk(server.core.bytes(5_000));
        Node file = server.core.file(NodeId.ROOT, "thesis", TestServer.recipe(0, chunk.entry()));
        upload(chunk, new Commit(CommitId.random(server.core.random), List.of(new Change(0, file))));
        assertThat(wanted(token, library)).isEmpty();

        damage(before);
        assertProblem(ProblemType.NOT_FOUND,
                server.post(Routes.fetch(library), token, new ChunkIds(List.of(chunk.id()))));

        await().untilAsserted(() -> assertThat(wanted(token, library)).containsExactly(file.id()));
        assertThat(wanted(other, others)).isEmpty();
        assertProblem(ProblemType.NOT_FOUND, server.get(Routes.wanted(library), other));
        upload(chunk, null);
        assertThat(wanted(token, library)).isEmpty();
    }

    private void upload(Sent chunk, Commit commit) throws Exception {
        HttpResponse<byte[]> uploaded = server.post(Routes.upload(library), token, Routes.FRAMES,
                TestServer.frames(List.of(chunk), commit));
        assertThat(uploaded.statusCode()).isEqualTo(200);
    }

    private static List<NodeId> wanted(String token, LibraryId library) throws Exception {
        return HttpServer.read(server.get(Routes.wanted(library), token), Wanted.class).nodes();
    }

    private static void damage(Set<Path> spared) throws Exception {
        Set<Path> fresh = new HashSet<>(packs());
        fresh.removeAll(spared);
        assertThat(fresh).hasSize(1);
        Path pack = fresh.iterator().next();
        byte[] bytes = Files.readAllBytes(pack);
        bytes[bytes.length - 1] ^= 4;
        Files.write(pack, bytes);
    }

    private static Set<Path> packs() throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".pack")).collect(Collectors.toSet());
        }
    }
}
