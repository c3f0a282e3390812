package org.tidebox.storage.tests.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.chunks.ChunkIndex;
import org.tidebox.storage.chunks.StoredChunk;
import org.tidebox.storage.file.FilePackStoreProvider;
import org.tidebox.storage.packs.PackPlace;
import org.tidebox.storage.packs.PackStore;
import org.tidebox.storage.provider.StorageLocation;
import org.tidebox.storage.tests.contract.Chunks;
import org.tidebox.storage.tests.contract.Seen;
import org.tidebox.tree.ChunkId;

/**
 * A server that stops after chunks reached a pack and before the index knows them: the client sends them again, and
 * nothing is lost.
 */
@Tag("P3")
final class CrashBetweenPackAndIndexTest {
    private final List<EncodedChunk> chunks = Chunks.random(new Random(9), 10, 5000);
    @RegisterExtension
    final Derby derby = new Derby();
    @TempDir
    Path data;

    @Test
    void chunksAreSentAgainAndServed() throws Exception {
        String space;
        try (PackStore packs = packs()) {
            space = String.valueOf(derby.open(data).accounts().add("anna", Instant.EPOCH).id());
            packs.append(space, chunks);
            derby.close();
        }
        try (PackStore packs = packs()) {
            ChunkIndex index = derby.open(data).chunks();
            long account = Long.parseLong(space);
            List<ChunkId> ids = chunks.stream().map(EncodedChunk::id).toList();
            assertThat(index.missing(account, ids)).containsExactlyInAnyOrderElementsOf(ids);
            index.add(account, stored(packs.append(space, chunks)));
            assertThat(index.missing(account, ids)).isEmpty();
            for (EncodedChunk chunk : chunks) {
                PackPlace place = index.find(account, List.of(chunk.id())).get(chunk.id()).place();
                assertThat(packs.read(space, place)).isEqualTo(chunk);
            }
            assertThat(Seen.in(packs, space).chunks).as("both copies are there until garbage is collected").hasSize(20);
        }
    }

    private List<StoredChunk> stored(List<PackPlace> places) {
        List<StoredChunk> stored = new ArrayList<>();
        for (int i = 0; i < chunks.size(); i++) {
            int length = chunks.get(i).rawLength();
            stored.add(new StoredChunk(chunks.get(i).id(), places.get(i), length, 0, length));
        }
        return stored;
    }

    private PackStore packs() throws StorageException {
        return new FilePackStoreProvider().open(new StorageLocation(data, Map.of()));
    }
}
