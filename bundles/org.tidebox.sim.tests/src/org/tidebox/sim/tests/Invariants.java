package org.tidebox.sim.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.folder.HeadNews;
import org.tidebox.sync.folder.ScanScope;
import org.tidebox.sync.folder.SyncReport;
import org.tidebox.sync.folder.SyncTotals;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;

/** What must hold of a world that has become quiet: the numbers are those of the design. */
final class Invariants {
    private final World world;

    Invariants(World world) {
        this.world = world;
    }

    void check() throws Exception {
        everythingIsTheSame();
        noTextIsLost();
        theTreeIsATree();
        anotherSyncDoesNothing();
        new PastInvariants(world).check();
    }

    /** 1. */
    private void everythingIsTheSame() throws Exception {
        TreeMap<String, String> expected = world.devices().getFirst().content();
        for (SimDevice device : world.devices()) {
            assertThat(device.content()).as(device.name()).isEqualTo(expected);
            assertThat(device.folder().status().problems()).isEmpty();
            assertThat(device.database().differences().isEmpty()).isTrue();
            assertThat(device.database().cursor()).isEqualTo(world.server().head());
        }
        assertThat(live()).hasSize(expected.size());
    }

    /** 3. */
    private void noTextIsLost() throws Exception {
        Set<String> found = new HashSet<>();
        for (String entry : world.devices().getFirst().content().values()) {
            if (entry.startsWith("file")) {
                found.add(entry.split(" ", 4)[3]);
            }
        }
        assertThat(world.texts().lost(found)).as("lost texts").isEmpty();
    }

    /** 6. */
    private void theTreeIsATree() throws Exception {
        Map<NodeId, Node> nodes = new HashMap<>();
        live().forEach(node -> nodes.put(node.id(), node));
        Set<String> places = new HashSet<>();
        for (Node node : nodes.values()) {
            assertThat(places.add(node.parent() + "/" + node.name())).as("one node at %s", node).isTrue();
            Set<NodeId> above = new HashSet<>();
            for (NodeId at = node.id(); !at.equals(NodeId.ROOT); at = nodes.get(at).parent()) {
                assertThat(nodes).containsKey(at);
                assertThat(above.add(at)).as("no ring at %s", node).isTrue();
            }
        }
    }

    /** 6, for what a device knows of its disk, at the end of each of its runs. */
    static void nothingLiesInAFolderThatIsGone(SimDevice device) {
        List<LocalNode> here = device.database().here();
        Set<NodeId> folders = new HashSet<>(Set.of(NodeId.ROOT));
        here.stream().filter(node -> node.kind() == NodeKind.FOLDER).forEach(node -> folders.add(node.id()));
        assertThat(here).as("%s knows the folder of all that it has", device.name())
                .allMatch(node -> folders.contains(node.parent()));
    }

    /** 7. */
    private void anotherSyncDoesNothing() throws Exception {
        long head = world.server().head();
        for (SimDevice device : world.devices()) {
            SyncReport report = device.sync(ScanScope.EVERYTHING, HeadNews.UNKNOWN, Weather.calm())
                    .orElseThrow();
            assertThat(report.done()).isEqualTo(SyncTotals.NONE);
        }
        assertThat(world.server().head()).isEqualTo(head);
    }

    private List<Node> live() throws Exception {
        return world.server().nodes().stream().filter(node -> !node.deleted()).toList();
    }
}
