package org.tidebox.sync.device;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;

/**
 * The three trees of one sync folder: <em>synced</em> is complete; <em>local</em> and <em>remote</em> hold only nodes
 * that differ from it. The root folder is in none of them. Look-ups by many keys cost few queries. Thread-safe.
 */
@ProviderType
public interface TreeStore {
    /** Returns those of the nodes that were agreed on. */
    Map<NodeId, SyncedNode> synced(Collection<NodeId> ids) throws TreeStoreException;

    /** Returns the local differences of those of the nodes that have one. */
    Map<NodeId, LocalNode> local(Collection<NodeId> ids) throws TreeStoreException;

    /** Returns the remote differences of those of the nodes that have one. */
    Map<NodeId, Node> remote(Collection<NodeId> ids) throws TreeStoreException;

    /** Returns what lies in a folder on the disk: agreed nodes without a local difference, and live differences. */
    List<LocalNode> children(NodeId folder) throws TreeStoreException;

    /** Returns what lies in a folder on the server: agreed nodes without a remote difference, and live differences. */
    List<Node> remoteChildren(NodeId folder) throws TreeStoreException;

    /** Returns what lies in a folder on the disk under some names, whatever else lies there. */
    List<LocalNode> childrenNamed(NodeId folder, Collection<String> names) throws TreeStoreException;

    /** Returns what lies at a place on the disk. */
    Optional<LocalNode> childNamed(NodeId folder, String name) throws TreeStoreException;

    /** Returns what lies at a place on the server. */
    Optional<Node> remoteChildNamed(NodeId folder, String name) throws TreeStoreException;

    /**
     * Returns the nodes with one of these inodes as last seen on the disk, local differences before agreed states,
     * deleted differences included.
     */
    List<LocalNode> byKey(Collection<String> keys) throws TreeStoreException;

    /**
     * Returns nodes that have a local or remote difference, by rising id.
     *
     * @param after begin behind this id; {@code null} for the first ones
     * @param limit at most so many
     */
    List<NodeId> dirty(NodeId after, int limit) throws TreeStoreException;

    /** Counts the differences. */
    Differences differences() throws TreeStoreException;

    /** Counts the agreed nodes; takes longer than {@link #differences()}. */
    long syncedCount() throws TreeStoreException;

    /** Returns up to which sequence the journal has been read; 0 at first. */
    long cursor() throws TreeStoreException;

    /** Returns a remembered fact. */
    Optional<String> fact(String key) throws TreeStoreException;

    /** Returns the names of the facts that begin with a text. */
    List<String> factNames(String prefix) throws TreeStoreException;

    /** Makes all changes of an update in one durable transaction. */
    void write(TreeUpdate update) throws TreeStoreException;

    /**
     * How many nodes differ.
     *
     * @param local local differences
     * @param remote remote differences
     * @param localDeleted local differences that say "gone"
     * @param remoteDeleted remote differences that say "gone"
     */
    record Differences(long local, long remote, long localDeleted, long remoteDeleted) {
        /** Returns whether there is none. */
        public boolean isEmpty() {
            return local == 0 && remote == 0;
        }
    }
}
