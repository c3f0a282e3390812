package org.tidebox.sync.internal.scan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidebox.rules.IgnoreProvider;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.internal.disk.DiskEntry;
import org.tidebox.sync.internal.disk.FolderDisk;
import org.tidebox.sync.internal.disk.FolderMarker;
import org.tidebox.sync.internal.report.Work;
import org.tidebox.sync.internal.trees.LeftNames;
import org.tidebox.sync.internal.trees.Place;
import org.tidebox.sync.internal.trees.Trees;
import org.tidebox.tree.BadNameException;
import org.tidebox.tree.NodeKind;
import org.tidebox.tree.NodeName;

/**
 * Looks at single entries of a folder, as a watcher named them, so that a change costs as much among many entries as
 * among few. It sees what a listing of the folder would show of them, or says that only such a listing can tell: where
 * a name may stand for another one, where something in the folder has to be left out, and where entries have no inodes
 * to know them by. Made for one folder.
 */
final class NamedEntries {
    private final FolderDisk here;
    private final Trees trees;
    private final LeftNames leftNames;
    private final Work work;
    private final ScanTask task;
    private final Map<String, DiskEntry> entries = new LinkedHashMap<>();
    private final Set<String> looked = new HashSet<>();
    private final Set<String> forms = new HashSet<>();
    private final Set<String> keys = new HashSet<>();
    private boolean isUnsure;

    NamedEntries(FolderDisk here, Trees trees, LeftNames leftNames, Work work, ScanTask task) {
        this.here = here;
        this.trees = trees;
        this.leftNames = leftNames;
        this.work = work;
        this.task = task;
    }

    /** Looks; returns false if the whole folder has to be listed. */
    boolean look() throws TreeStoreException, InterruptedException {
        try {
            return !work.problems().hasLeftOut(task.id()) && !ignoresCase() && lookAtEach();
        } catch (IOException e) {
            // The listing tells what is wrong.
            return false;
        }
    }

    /** Returns what is there, by its names. */
    Map<String, DiskEntry> entries() {
        return entries;
    }

    /** Returns whether something is neither there nor said to have left, so that more will be told. */
    boolean isUnsure() {
        return isUnsure;
    }

    /**
     * Returns what is known under the names: what is not there only if it was seen to leave.
     *
     * @return empty if the whole folder has to be listed
     */
    Optional<Map<String, LocalNode>> known() throws TreeStoreException {
        Map<String, LocalNode> known = new HashMap<>();
        for (LocalNode node : trees.store().childrenNamed(task.id(), forms)) {
            if (!looked.contains(node.diskName()) || known.put(node.diskName(), node) != null) {
                return Optional.empty();
            }
        }
        known.keySet().removeIf(name -> !entries.containsKey(name) && !task.names().getOrDefault(name, false));
        return Optional.of(known);
    }

    private boolean lookAtEach() throws IOException, TreeStoreException, InterruptedException {
        List<String> names = new ArrayList<>(task.names().keySet());
        for (int i = 0; i < names.size(); i++) {
            work.progress().step();
            work.stop().check();
            String name = names.get(i);
            if (isOwn(name) || looked.contains(name)) {
                continue;
            }
            if (!lookAt(name)) {
                return false;
            }
            DiskEntry entry = entries.get(name);
            isUnsure |= entry == null && task.names().containsKey(name) && !task.names().get(name);
            if (entry != null && entry.kind() == NodeKind.FILE) {
                namedBefore(name).ifPresent(names::add);
            }
        }
        return true;
    }

    private boolean isOwn(String name) {
        return name.equals(FolderMarker.FOLDER) && task.path().equals(here.root());
    }

    private boolean lookAt(String name) throws IOException {
        String form = NodeName.normalize(name);
        if (!isPlain(name, form) || !forms.add(form)) {
            return false;
        }
        looked.add(name);
        Optional<DiskEntry> entry = here.disk().look(task.path(), name);
        if (entry.isPresent()) {
            entries.put(name, entry.get());
            String key = entry.get().stamp().key();
            return entry.get().kind() != null && !key.isEmpty() && keys.add(key);
        }
        return true;
    }

    private static boolean isPlain(String name, String form) {
        try {
            NodeName.check(form);
        } catch (BadNameException e) {
            return false;
        }
        return name.indexOf(FolderListing.UNREADABLE) < 0 && !name.equals(FolderMarker.FOLDER)
                && !name.equals(IgnoreProvider.FILE);
    }

    /** Returns the present name of a file that had a name a moment ago: it may be the one that was saved there. */
    private Optional<String> namedBefore(String name) throws TreeStoreException {
        var id = leftNames.by(new Place(task.id(), NodeName.normalize(name)));
        LocalNode node = id.isEmpty() ? null : trees.triple(id.get()).local();
        return node == null || node.deleted() || !node.parent().equals(task.id())
                ? Optional.empty()
                : Optional.of(node.diskName());
    }

    /** Where an entry answers to several names, only a listing tells which one it has. */
    private boolean ignoresCase() throws IOException {
        Path marker = here.mounts().top(task.path()).resolve(FolderMarker.FOLDER);
        return !here.disk().isFolder(marker)
                || !here.disk().isFree(marker.resolveSibling(FolderMarker.FOLDER.toUpperCase(Locale.ROOT)));
    }
}
