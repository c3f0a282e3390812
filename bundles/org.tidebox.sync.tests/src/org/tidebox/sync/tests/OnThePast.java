package org.tidebox.sync.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.tidebox.delta.fastcdc.FastCdcChunker;
import org.tidebox.feature.SystemTime;
import org.tidebox.sync.folder.Problem;
import org.tidebox.sync.past.DeletedTree;
import org.tidebox.sync.past.Export;
import org.tidebox.sync.past.PastFolder;
import org.tidebox.sync.past.PlacedNode;
import org.tidebox.sync.past.Restorer;
import org.tidebox.sync.past.Subtree;
import org.tidebox.sync.past.Trash;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.wire.Messages.HistoryEntry;

/** Two devices, and what it takes to bring the past of their folder back. */
public abstract class OnThePast extends OnTwoDevices {
    public static final String MARK = "restored 2026-03-01 101530";
    public final Random random = new Random(21);

    public final Restorer restorer() {
        return new Restorer(server, server, Device.LIBRARY, one.store(), random, MARK);
    }

    public final Trash trash() throws Exception {
        return Trash.open(server, Device.LIBRARY, one.store());
    }

    public final void bringBack(Trash.Item item) throws Exception {
        Restorer restorer = restorer();
        restorer.bringFolder(item.top().parent());
        Node top = server.history(Device.LIBRARY, item.top().id()).getFirst().node();
        restorer.bring(List.of(new PlacedNode(item.path(), top.withDeleted(false))), true);
        new DeletedTree(server, Device.LIBRARY, item).read(page -> bring(restorer, page));
        assertThat(restorer.finish().problems()).isEmpty();
    }

    public final Subtree folder(long asOf, NodeId folder) {
        return new PastFolder(server, Device.LIBRARY, asOf, folder);
    }

    public final Restorer.Result bringTree(long asOf, NodeId folder) throws Exception {
        Restorer restorer = restorer();
        folder(asOf, folder).read(page -> bring(restorer, page));
        return restorer.finish();
    }

    public static void bring(Restorer restorer, List<PlacedNode> page) {
        try {
            restorer.bring(page, false);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    public final Export export(Path target) throws Exception {
        return new Export(target, Device.LIBRARY, server, Device.chunkers(new FastCdcChunker()), SystemTime.clock());
    }

    /** Writes a state of the whole library into a directory; returns what could not be written. */
    public final List<Problem> export(long asOf, Path target) throws Exception {
        try (Export export = export(target)) {
            Subtree tree = folder(asOf, NodeId.ROOT);
            tree.read(export::write);
            export.finish();
            if (export.problems().isEmpty()) {
                Subtree.Totals totals = tree.count();
                assertThat(export.bytesDone()).isEqualTo(totals.bytes());
                assertThat(export.files()).isEqualTo(totals.files());
            }
            return export.problems();
        }
    }

    public final Set<String> texts() {
        return one.content().values().stream().filter(text -> text.startsWith("file")).map(OnThePast::text)
                .collect(Collectors.toSet());
    }

    /** The content in a description of a file, behind mode and time. */
    public static String text(String description) {
        String[] parts = description.split(" ", 4);
        return parts.length < 4 ? "" : parts[3];
    }

    public final PlacedNode placed(NodeId id, int oldest) {
        List<HistoryEntry> versions = server.history(Device.LIBRARY, id);
        return new PlacedNode("letter", versions.get(versions.size() - oldest).node());
    }

    public final Node node(String name) {
        return server.live().stream().filter(node -> node.name().equals(name)).findFirst().orElseThrow();
    }

    /** Lets both work until nothing is left to do, and asserts that both folders hold the same. */
    public final void quiet() throws Exception {
        for (int i = 0; i < 4; i++) {
            one.sync();
            two.sync();
        }
        assertThat(two.content()).isEqualTo(one.content());
    }
}
