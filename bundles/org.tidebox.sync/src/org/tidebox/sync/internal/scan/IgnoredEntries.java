package org.tidebox.sync.internal.scan;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.tidebox.rules.IgnoreProvider;
import org.tidebox.rules.IgnoreScope;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.Problem;
import org.tidebox.sync.internal.disk.DiskEntry;
import org.tidebox.sync.internal.report.Work;
import org.tidebox.sync.internal.trees.LocalPaths;
import org.tidebox.sync.internal.trees.Trees;
import org.tidebox.sync.internal.trees.Triple;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;
import org.tidebox.tree.NodeName;

/**
 * Leaves out what is ignored in a folder; what is synchronised already is followed on, as git does with what it tracks.
 * Made for one scan.
 */
final class IgnoredEntries {
    private final Ignored ignored;
    private final Trees trees;
    private final LocalPaths paths;
    private final Work work;
    /** Whether something known may be ignored: what is the same on both sides is not. */
    private boolean mayKnowIgnored;

    IgnoredEntries(Ignored ignored, Trees trees, LocalPaths paths, Work work) {
        this.ignored = ignored;
        this.trees = trees;
        this.paths = paths;
        this.work = work;
    }

    void begin() throws TreeStoreException {
        mayKnowIgnored = trees.store().differences().local() > 0;
    }

    /**
     * Takes what is ignored out of the entries of a folder.
     *
     * @param file what there is under the name of an ignore file; {@code null} if there is nothing
     * @param skipped takes what is wrong with the ignore file
     * @return whether all is well with that
     */
    boolean leaveOut(Path folder, DiskEntry file, Map<String, DiskEntry> entries, Map<String, LocalNode> known,
            List<Problem> skipped) throws TreeStoreException, InterruptedException {
        Ignored.Verdict verdict = ignored.in(folder, file);
        if (verdict.problem() != null) {
            skipped.add(new Problem(paths.display(folder.resolve(IgnoreProvider.FILE)), verdict.problem()));
        }
        if (verdict.scope() != IgnoreScope.NOTHING) {
            leaveOut(entries, known, verdict.scope());
        }
        return verdict.problem() == null;
    }

    private void leaveOut(Map<String, DiskEntry> entries, Map<String, LocalNode> known, IgnoreScope scope)
            throws TreeStoreException, InterruptedException {
        for (DiskEntry entry : List.copyOf(entries.values())) {
            work.progress().step();
            work.stop().check();
            LocalNode node = known.get(entry.name());
            boolean mayBeNew = node == null || mayKnowIgnored;
            if (mayBeNew && scope.ignores(NodeName.normalize(entry.name()), entry.kind() == NodeKind.FOLDER)
                    && (node == null || !isAgreed(node.id()))) {
                entries.remove(entry.name());
            }
        }
    }

    /** Returns whether a node is known to the server. */
    boolean isAgreed(NodeId id) throws TreeStoreException {
        Triple triple = trees.triple(id);
        return triple.synced() != null || triple.isThere();
    }
}
