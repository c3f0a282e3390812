package org.tidebox.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.jdbc.JdbcMetadataStoreProvider;
import org.tidebox.storage.provider.MetadataStore;
import org.tidebox.storage.provider.StorageLocation;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.CommitId;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.LibraryKind;
import org.tidebox.tree.Mark;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.Recipe;

/** What a server's journal in the embedded database costs: a library of 20,000 entries. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class JournalBenchmark {
    private static final int ENTRIES = 20_000;
    private static final int BATCH = 1_000;

    private final Random random = new Random(1);
    private final LibraryId library = LibraryId.random(random);
    private Path data;
    private MetadataStore store;
    private long head;

    /** Fills a library. */
    @Setup
    public void open() throws IOException, StorageException {
        data = Files.createTempDirectory("tidebox-journal");
        store = new JdbcMetadataStoreProvider().open(new StorageLocation(data, Map.of()));
        long account = store.accounts().add("bench", Instant.EPOCH).id();
        store.journal().create(account, library, "docs", LibraryKind.SYNC);
        while (head < ENTRIES) {
            append(BATCH);
        }
    }

    /** Removes it. */
    @TearDown
    public void close() throws Exception {
        store.close();
        try (Stream<Path> paths = Files.walk(data)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Reads the last 1,000 changes, as a device does that was away. */
    @Benchmark
    public ChangePage journalRead() throws StorageException {
        return store.journal().changes(library, head - BATCH, BATCH);
    }

    /** Asks for news where there is one change. */
    @Benchmark
    public ChangePage journalReadOne() throws StorageException {
        return store.journal().changes(library, head - 1, BATCH);
    }

    /** Commits one new entry, made durable. */
    @Benchmark
    public Mark journalAppend() throws StorageException {
        return append(1);
    }

    private Mark append(int count) throws StorageException {
        List<Node> versions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            versions.add(Node.file(NodeId.random(random), NodeId.ROOT, "file" + (head + i), new Attributes(0644, i),
                    new Recipe("fastcdc", 0, List.of())).withSequence(head + i + 1));
        }
        CommitResult answer = new CommitResult(head + count, List.of());
        Mark mark = store.journal().transact(library,
                transaction -> transaction.append(CommitId.random(random), answer, versions, 1, Instant.EPOCH));
        head = mark.sequence();
        return mark;
    }
}
