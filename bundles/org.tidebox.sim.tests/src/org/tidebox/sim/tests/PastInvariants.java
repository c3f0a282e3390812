package org.tidebox.sim.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.ByteArrayInputStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.tidebox.delta.Chunker;
import org.tidebox.delta.ChunkerRegistry;
import org.tidebox.delta.fastcdc.FastCdcChunker;
import org.tidebox.feature.SwapPoint;
import org.tidebox.remote.RemoteHistory;
import org.tidebox.sync.past.Deleted;
import org.tidebox.sync.past.Export;
import org.tidebox.sync.past.PastFolder;
import org.tidebox.sync.past.PlacedNode;
import org.tidebox.sync.past.Trash;
import org.tidebox.sync.past.Versions;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;

/**
 * What must hold of the past of a world that has become quiet, as the server's journal and the device's code for
 * history, trash and restore tell it: the numbers are those of the design.
 */
final class PastInvariants {
    private final World world;
    private final RemoteHistory past;

    PastInvariants(World world) {
        this.world = world;
        this.past = new SimPast(world.server().core(), world.server().session(0));
    }

    void check() throws Exception {
        journalHoldsWhatWasAcceptedWithoutGaps();
        everyContentComesBackFromHistory();
        trashHoldsWhatIsDeleted();
        treeIsAsItWasAtEachSequence();
        replayChangesNothing();
        assertThat(world.server().upkeep().check(false).findings()).isEmpty();
    }

    /** 8. */
    private void journalHoldsWhatWasAcceptedWithoutGaps() throws Exception {
        List<Node> journal = world.server().journal();
        for (int i = 0; i < journal.size(); i++) {
            assertThat(journal.get(i).sequence()).isEqualTo(i + 1L);
        }
        assertThat(journal).hasSize((int) world.server().head());
        // A deletion says only that the node goes, and of attributes the server keeps what it is told.
        assertThat(journal.stream().map(PastInvariants::essence).toList())
                .isEqualTo(world.server().versions().stream().map(PastInvariants::essence).toList());
    }

    private static List<Object> essence(Node node) {
        return node.deleted()
                ? List.of(node.sequence(), node.id(), true)
                : List.of(node.sequence(), node.id(), node.parent(), node.name(), node.attributes(),
                        String.valueOf(node.recipe()), String.valueOf(node.target()));
    }

    /** 3: each content of each file is read back by the code that restores old versions. */
    private void everyContentComesBackFromHistory() throws Exception {
        Versions versions = new Versions(past, SimServer.LIBRARY);
        Map<NodeId, Deque<Node>> wanted = new LinkedHashMap<>();
        for (Node accepted : world.server().versions()) {
            if (accepted.kind() == NodeKind.FILE && !accepted.deleted()) {
                wanted.computeIfAbsent(accepted.id(), id -> new ArrayDeque<>()).add(accepted);
            }
        }
        try (FileSystem files = Jimfs.newFileSystem(Configuration.unix())) {
            Path directory = files.getPath("/past");
            while (!wanted.isEmpty()) {
                // One version of each node at a time, as people restore them.
                List<Node> some = wanted.values().stream().map(Deque::poll).toList();
                wanted.values().removeIf(Deque::isEmpty);
                export(directory, versions, some);
                for (Node each : some) {
                    Path file = directory.resolve(Long.toString(each.sequence()));
                    assertThat(file).as("version %s", each).isRegularFile();
                    assertThat(world.recipe(Files.readAllBytes(file))).as("version %s", each).isEqualTo(each.recipe());
                }
            }
        }
    }

    private void export(Path directory, Versions versions, List<Node> wanted) throws Exception {
        List<PlacedNode> placed = new ArrayList<>();
        for (Node each : wanted) {
            Node found = versions.of(each.id()).stream().filter(version -> version.number() == each.sequence())
                    .findFirst().orElseThrow(() -> new AssertionError("history lacks " + each)).entry().node();
            placed.add(new PlacedNode(Long.toString(each.sequence()), found));
        }
        SwapPoint<Chunker> chunkers = new SwapPoint<>(ChunkerRegistry.POINT);
        chunkers.add("fastcdc", 0, new FastCdcChunker());
        try (Export export = new Export(directory, SimServer.LIBRARY, world.devices().getFirst().link(),
                chunkers::acquire, world.clock(), world.clock())) {
            export.write(placed);
            export.finish();
            assertThat(export.problems()).isEmpty();
        }
    }

    /** 3, for what people removed. */
    private void trashHoldsWhatIsDeleted() throws Exception {
        Set<NodeId> listed = new HashSet<>();
        Trash trash = Trash.open(past, SimServer.LIBRARY, world.devices().getFirst().database());
        for (Trash.Item item : trash.items()) {
            listed.add(item.top().id());
            item.inside().stream().map(Deleted::id).forEach(listed::add);
        }
        assertThat(listed).isEqualTo(world.server().nodes().stream().filter(Node::deleted).map(Node::id)
                .collect(Collectors.toSet()));
    }

    private void treeIsAsItWasAtEachSequence() throws Exception {
        Map<NodeId, Node> then = new HashMap<>();
        for (Node version : world.server().journal()) {
            then.put(version.id(), version);
            Set<Node> told = new HashSet<>();
            new PastFolder(past, SimServer.LIBRARY, version.sequence(), NodeId.ROOT)
                    .read(page -> page.forEach(each -> told.add(each.node())));
            assertThat(told).as("as of %d", version.sequence())
                    .isEqualTo(then.values().stream().filter(node -> !node.deleted()).collect(Collectors.toSet()));
        }
    }

    /** 8. */
    private void replayChangesNothing() throws Exception {
        long head = world.server().head();
        for (SimServer.Answered each : world.server().answered()) {
            CommitResult again = world.server().core().transfers().upload(each.session(), SimServer.LIBRARY,
                    new ByteArrayInputStream(each.frames())).commit();
            assertThat(again).isEqualTo(each.result());
        }
        assertThat(world.server().head()).isEqualTo(head);
    }
}
