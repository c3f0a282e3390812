package org.tidebox.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.tidebox.sync.device.DiskStamp;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.SyncedNode;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.internal.plan.Plan;
import org.tidebox.sync.internal.plan.Planner;
import org.tidebox.sync.internal.plan.TreeView;
import org.tidebox.sync.internal.trees.Place;
import org.tidebox.sync.internal.trees.Side;
import org.tidebox.sync.internal.trees.Triple;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.Recipe;

/** What it costs to plan: 1,000 of 10,000 files that are agreed on were edited, here and there by turns. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PlannerBenchmark {
    private static final int FILES = 10_000;
    private static final int IN_A_FOLDER = 50;
    private static final int EDITED = 1_000;
    private static final Recipe EMPTY = new Recipe("fastcdc", 0, List.of());

    private final Trees trees = new Trees();
    private final List<NodeId> dirty = trees.edit();

    /** Plans them all. */
    @Benchmark
    public Plan planner() throws TreeStoreException {
        return Planner.plan(trees, dirty);
    }

    /** Three trees in memory. */
    private static final class Trees implements TreeView {
        private final Map<NodeId, Triple> triples = new HashMap<>();
        private final Map<Place, NodeId> places = new HashMap<>();
        private final Map<NodeId, List<NodeId>> children = new HashMap<>();
        private final List<NodeId> files = new ArrayList<>();

        Trees() {
            Random random = new Random(1);
            NodeId folder = NodeId.ROOT;
            for (int i = 0; i < FILES; i++) {
                if (i % IN_A_FOLDER == 0) {
                    folder = NodeId.random(random);
                    agree(Node.folder(folder, NodeId.ROOT, "folder" + i, new Attributes(0755, 0)));
                }
                files.add(NodeId.random(random));
                agree(Node.file(files.getLast(), folder, "file" + i, new Attributes(0644, i), EMPTY));
            }
        }

        private void agree(Node node) {
            Node known = node.withSequence(1);
            triples.put(node.id(), new Triple(node.id(), new SyncedNode(known, node.name(), DiskStamp.UNKNOWN), null, null));
            places.put(new Place(node.parent(), node.name()), node.id());
            children.computeIfAbsent(node.parent(), id -> new ArrayList<>()).add(node.id());
        }

        List<NodeId> edit() {
            for (int i = 0; i < EDITED; i++) {
                Triple triple = triples.get(files.get(i));
                Node base = triple.base();
                Attributes later = new Attributes(0644, -i);
                Node edited = Node.file(base.id(), base.parent(), base.name(), later, EMPTY).withSequence(2);
                triples.put(base.id(), i % 2 == 0
                        ? new Triple(base.id(), triple.synced(), LocalNode.of(edited, DiskStamp.UNKNOWN), null)
                        : new Triple(base.id(), triple.synced(), null, edited));
            }
            return List.copyOf(files.subList(0, EDITED));
        }

        @Override
        public void load(Collection<NodeId> ids) {
            // All of it is there.
        }

        @Override
        public Triple triple(NodeId id) {
            return triples.getOrDefault(id, Triple.unknown(id));
        }

        @Override
        public Optional<NodeId> at(Side side, Place place) {
            return Optional.ofNullable(places.get(place));
        }

        @Override
        public List<NodeId> children(Side side, NodeId folder) {
            return children.getOrDefault(folder, List.of());
        }

        @Override
        public boolean isResting(NodeId id) {
            return false;
        }
    }
}
