package org.tidebox.sync.tests;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.SyncedNode;
import org.tidebox.sync.device.TreeStore;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.device.TreeUpdate;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;

/**
 * A store whose n-th write from now fails, and all after it until it is mended: to the disk this looks like a crash
 * before that write.
 */
public final class CrashingStore implements TreeStore {
    private final TreeStore store;
    private int writesLeft = Integer.MAX_VALUE;

    public CrashingStore(TreeStore store) {
        this.store = store;
    }

    public void crashAfter(int writes) {
        writesLeft = writes;
    }

    public void mend() {
        writesLeft = Integer.MAX_VALUE;
    }

    @Override
    public void write(TreeUpdate update) throws TreeStoreException {
        if (writesLeft-- <= 0) {
            writesLeft = 0;
            throw new TreeStoreException(TreeStoreException.Reason.FAILED, "crashed", null);
        }
        store.write(update);
    }

    @Override
    public Map<NodeId, SyncedNode> synced(Collection<NodeId> ids) throws TreeStoreException {
        return store.synced(ids);
    }

    @Override
    public Map<NodeId, LocalNode> local(Collection<NodeId> ids) throws TreeStoreException {
        return store.local(ids);
    }

    @Override
    public Map<NodeId, Node> remote(Collection<NodeId> ids) throws TreeStoreException {
        return store.remote(ids);
    }

    @Override
    public List<LocalNode> children(NodeId folder) throws TreeStoreException {
        return store.children(folder);
    }

    @Override
    public List<Node> remoteChildren(NodeId folder) throws TreeStoreException {
        return store.remoteChildren(folder);
    }

    @Override
    public List<LocalNode> childrenNamed(NodeId folder, Collection<String> names) throws TreeStoreException {
        return store.childrenNamed(folder, names);
    }

    @Override
    public Optional<LocalNode> childNamed(NodeId folder, String name) throws TreeStoreException {
        return store.childNamed(folder, name);
    }

    @Override
    public Optional<Node> remoteChildNamed(NodeId folder, String name) throws TreeStoreException {
        return store.remoteChildNamed(folder, name);
    }

    @Override
    public List<LocalNode> byKey(Collection<String> keys) throws TreeStoreException {
        return store.byKey(keys);
    }

    @Override
    public List<NodeId> dirty(NodeId after, int limit) throws TreeStoreException {
        return store.dirty(after, limit);
    }

    @Override
    public Differences differences() throws TreeStoreException {
        return store.differences();
    }

    @Override
    public long syncedCount() throws TreeStoreException {
        return store.syncedCount();
    }

    @Override
    public long cursor() throws TreeStoreException {
        return store.cursor();
    }

    @Override
    public Optional<String> fact(String key) throws TreeStoreException {
        return store.fact(key);
    }

    @Override
    public List<String> factNames(String prefix) throws TreeStoreException {
        return store.factNames(prefix);
    }
}
