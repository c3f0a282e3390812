package org.tidebox.sync.internal.trees;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.SyncedNode;
import org.tidebox.sync.device.TreeStore;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.device.TreeUpdate;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;

/**
 * The three trees at work: reads through to the store, and gathers changes until they are flushed in one transaction.
 * Not thread-safe.
 */
public final class Trees {
    private static final int LARGE = 2_000;
    private static final int MOST_KEPT = 4_000;

    private final TreeStore store;
    private final Map<NodeId, Triple> cache = new HashMap<>();
    private final Map<NodeId, Triple> changed = new HashMap<>();
    private final Set<NodeId> doubtful = new LinkedHashSet<>();
    private final QuietFolders quiet = new QuietFolders();
    private TreeUpdate update = new TreeUpdate();
    /** How nodes were before they changed; {@code null} if nobody wants to know. */
    private Map<NodeId, Triple> noted;

    /** Begins to work on a store. */
    public Trees(TreeStore store) {
        this.store = store;
    }

    /** Returns a node; one that nobody knows has three times nothing. */
    public Triple triple(NodeId id) throws TreeStoreException {
        Triple known = cache.get(id);
        if (known == null) {
            load(List.of(id));
            known = cache.get(id);
        }
        return known;
    }

    /** Reads many nodes at once, so that {@link #triple} is quick afterwards. */
    public void load(Collection<NodeId> ids) throws TreeStoreException {
        List<NodeId> wanted = ids.stream().filter(id -> !cache.containsKey(id)).toList();
        Map<NodeId, SyncedNode> synced = store.synced(wanted);
        Map<NodeId, LocalNode> local = store.local(wanted);
        Map<NodeId, Node> remote = store.remote(wanted);
        wanted.forEach(id -> cache.put(id, new Triple(id, synced.get(id), local.get(id), remote.get(id))));
    }

    /** Remembers how a node is on the disk that nobody has known before. */
    public void addLocal(LocalNode local) throws TreeStoreException {
        cache.put(local.id(), Triple.unknown(local.id()));
        putLocal(local);
    }

    /** Returns the node if it was changed since the last flush, else {@code null}. */
    public Triple unflushed(NodeId id) {
        return changed.get(id);
    }

    /** Reads a node, and others along with it if it has to be read. */
    public void load(NodeId id, Supplier<Collection<NodeId>> along) throws TreeStoreException {
        if (!cache.containsKey(id)) {
            load(along.get());
        }
    }

    /** Remembers a new state of a node. */
    public void put(Triple next) throws TreeStoreException {
        Triple before = triple(next.id());
        if (!Objects.equals(before.synced(), next.synced())) {
            update.synced(next.id(), next.synced());
            named(next.id(), next.base() == null ? "" : next.base().name());
        }
        if (!Objects.equals(before.localChange(), next.localChange())) {
            update.local(next.id(), next.localChange());
            named(next.id(), next.localChange() == null ? "" : next.localChange().name());
        }
        if (!Objects.equals(before.remoteChange(), next.remoteChange())) {
            update.remote(next.id(), next.remoteChange());
        }
        if (noted != null && !before.equals(next)) {
            noted.putIfAbsent(next.id(), before);
        }
        cache.put(next.id(), next);
        changed.put(next.id(), next);
        if (next.isHere() && next.local().stamp().isDoubtful()) {
            doubtful.add(next.id());
        } else {
            doubtful.remove(next.id());
        }
        stir(before.local());
        stir(next.local());
    }

    private void named(NodeId id, String name) {
        String fact = ConflictFacts.about(id, name);
        if (fact != null) {
            update.fact(fact, "");
        }
    }

    /** Remembers that an entry is still too young to tell whether it changed. */
    public void doubt(NodeId id) {
        doubtful.add(id);
    }

    /** Returns the entries that may have changed without a trace, as far as they were met; the caller may remove some. */
    public Set<NodeId> doubtful() {
        return doubtful;
    }

    private void stir(LocalNode local) {
        if (local != null) {
            quiet.changed(local.parent());
        }
    }

    /** Remembers how a node is on the disk now. */
    public void putLocal(LocalNode local) throws TreeStoreException {
        put(triple(local.id()).withLocal(local));
    }

    /** Remembers how a node is on the server now. */
    public void putRemote(Node remote) throws TreeStoreException {
        put(triple(remote.id()).withRemote(remote));
    }

    /** Remembers that no such node is on the disk any more, because its entry goes by another id now. */
    public void forgetLocal(NodeId id) throws TreeStoreException {
        Triple triple = triple(id);
        LocalNode local = triple.local();
        put(triple.withLocal(local.withDeleted(true)));
    }

    /** Remembers up to which sequence the journal has been read. */
    public void cursor(long sequence) {
        update.cursor(sequence);
    }

    /** Remembers a fact, or forgets it if {@code null}. */
    public void fact(String key, String value) {
        update.fact(key, value);
    }

    /** Writes what was gathered if it is a lot. */
    public void flushIfLarge() throws TreeStoreException {
        if (update.size() >= LARGE) {
            flush();
        }
    }

    /** Writes what was gathered. What was read is as it was, and is kept unless it is a lot. */
    public void flush() throws TreeStoreException {
        if (!update.isEmpty()) {
            store.write(update);
            update = new TreeUpdate();
        }
        if (cache.size() > MOST_KEPT) {
            cache.clear();
        }
        changed.clear();
    }

    /** Forgets what was gathered and read. */
    public void discard() {
        update = new TreeUpdate();
        cache.clear();
        changed.clear();
    }

    /** Notes from now on which nodes change. */
    public void noteChanges() {
        noted = new HashMap<>();
    }

    /** Notes no more which nodes change. */
    public void ignoreChanges() {
        noted = null;
    }

    /** Returns how the nodes were that have changed since this was called last. */
    public Map<NodeId, Triple> takeChanges() {
        Map<NodeId, Triple> taken = noted;
        noteChanges();
        return taken;
    }

    /** Returns the folders in which all was found as it is known; whoever writes to the store itself forgets them. */
    public QuietFolders quiet() {
        return quiet;
    }

    /** Returns the store below. */
    public TreeStore store() {
        return store;
    }
}
