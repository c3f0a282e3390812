package org.tidebox.sync.derby;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.tidebox.sync.device.FolderId;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.SyncedNode;
import org.tidebox.sync.device.TreeStore;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.device.TreeUpdate;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;

/**
 * The trees of one folder in the device's database. A big update is written as it comes, in one piece, and its nodes go
 * to their tables later, when {@link #settle} is called or there are too many of them.
 */
final class DerbyTreeStore implements TreeStore {
    private final Database database;
    private final FolderId folder;
    private final int few;
    private final Consumer<DerbyTreeStore> postponed;
    // Kept so that nobody has to count; null while it is not known. Set while nobody writes, or by the one who does.
    private volatile Layers layers;
    private volatile boolean isUnsettled;

    /**
     * Makes the trees of a folder.
     *
     * @param few updates of so many rows go to the tables at once
     * @param postponed is told when something is left to settle
     */
    DerbyTreeStore(Database database, FolderId folder, int few, Consumer<DerbyTreeStore> postponed) {
        this.database = database;
        this.folder = folder;
        this.few = few;
        this.postponed = postponed;
    }

    /** Something to find out in a tree. */
    @FunctionalInterface
    private interface Question<R> {
        R ask(Session session, Layers now) throws SQLException;
    }

    @Override
    public Map<NodeId, SyncedNode> synced(Collection<NodeId> ids) throws TreeStoreException {
        return ask((session, now) -> now.synced(session, ids));
    }

    @Override
    public Map<NodeId, LocalNode> local(Collection<NodeId> ids) throws TreeStoreException {
        return ask((session, now) -> now.local(session, ids));
    }

    @Override
    public Map<NodeId, Node> remote(Collection<NodeId> ids) throws TreeStoreException {
        return ask((session, now) -> now.remote(session, ids));
    }

    @Override
    public List<LocalNode> children(NodeId parent) throws TreeStoreException {
        return ask((session, now) -> now.children(session, parent));
    }

    @Override
    public List<Node> remoteChildren(NodeId parent) throws TreeStoreException {
        return ask((session, now) -> now.remoteChildren(session, parent));
    }

    @Override
    public List<LocalNode> childrenNamed(NodeId parent, Collection<String> names) throws TreeStoreException {
        return ask((session, now) -> {
            List<LocalNode> found = new ArrayList<>();
            for (String name : new HashSet<>(names)) {
                now.named(session, parent, name).stream().filter(node -> node.name().equals(name)).forEach(found::add);
            }
            return found;
        });
    }

    @Override
    public Optional<LocalNode> childNamed(NodeId parent, String name) throws TreeStoreException {
        return childrenNamed(parent, List.of(name)).stream().findFirst();
    }

    @Override
    public Optional<Node> remoteChildNamed(NodeId parent, String name) throws TreeStoreException {
        return ask((session, now) -> now.remoteNamed(session, parent, name)).stream()
                .filter(node -> node.name().equals(name)).findFirst();
    }

    @Override
    public List<LocalNode> byKey(Collection<String> keys) throws TreeStoreException {
        Set<String> wanted = new HashSet<>(keys);
        wanted.remove("");
        return ask((session, now) -> now.byKey(session, wanted));
    }

    @Override
    public List<NodeId> dirty(NodeId after, int limit) throws TreeStoreException {
        return ask((session, now) -> now.dirty(session, after == null ? NodeId.ROOT : after, limit));
    }

    @Override
    public Differences differences() throws TreeStoreException {
        return now().differences();
    }

    @Override
    public long syncedCount() throws TreeStoreException {
        return now().synced();
    }

    @Override
    public long cursor() throws TreeStoreException {
        return now().cursor();
    }

    @Override
    public Optional<String> fact(String key) throws TreeStoreException {
        return ask((session, now) -> session.one("SELECT content FROM facts WHERE name = ? AND tree = ?",
                row -> row.getString(1), key, now.all().tree()));
    }

    @Override
    public List<String> factNames(String prefix) throws TreeStoreException {
        return ask((session, now) -> session.list(
                "SELECT name FROM facts WHERE name >= ? AND name < ? AND tree = ? ORDER BY name",
                row -> row.getString(1), prefix, prefix + Character.MAX_VALUE, now.all().tree())).stream()
                // Derby takes a text for equal to the same one with blanks behind.
                .filter(name -> name.startsWith(prefix)).toList();
    }

    @Override
    public void write(TreeUpdate update) throws TreeStoreException {
        if (!update.isEmpty()) {
            database.write(session -> write(session, known(session, true), update), this::written);
            if (isUnsettled) {
                postponed.accept(this);
            }
        }
    }

    /**
     * Writes nodes that are left into their tables.
     *
     * @param most at most so many
     * @return whether there are more
     */
    boolean settle(int most) throws TreeStoreException {
        database.write(session -> {
            Layers now = known(session, true);
            Map<NodeId, NodeStates> some = now.recent().first(most);
            return settle(session, now, some, now.recent().size() == some.size());
        }, this::written);
        return isUnsettled;
    }

    /** Removes all; for the database, within one of its writes. */
    void clear(Session session) throws SQLException {
        known(session, true).tables().clear(session);
    }

    /**
     * What a write leads to.
     *
     * @param now the layers, in which recent nodes are as before
     * @param settled recent nodes that are in the tables
     * @param added recent nodes that are new or changed, after that
     * @param length of the update that led to them
     */
    private record Written(Layers now, Collection<NodeId> settled, Map<NodeId, NodeStates> added, int length) {
    }

    private Written write(Session session, Layers now, TreeUpdate update) throws SQLException {
        if (update.synced().isEmpty() && update.local().isEmpty() && update.remote().isEmpty()) {
            TreeState tables = now.tables().writeFacts(session, folder, update);
            return new Written(new Layers(tables, now.all().in(tables), now.recent()), List.of(), Map.of(), 0);
        }
        boolean postpones = update.size() >= few && UpdateCodec.fits(update);
        if (postpones ? now.recent().isFull() : !now.recent().isEmpty() && !UpdateCodec.fits(update)) {
            Written settled = settle(session, now, now.recent().first(Integer.MAX_VALUE), true);
            Layers rest = new Layers(settled.now.tables(), settled.now.all(), new RecentNodes());
            Written next = write(session, rest, update);
            return new Written(new Layers(next.now.tables(), next.now.all(), now.recent()), settled.settled, next.added,
                    next.length);
        }
        if (now.recent().isEmpty() && !postpones) {
            TreeState tables = now.tables().write(session, folder, update);
            return new Written(new Layers(tables, tables, now.recent()), List.of(), Map.of(), 0);
        }
        return postpone(session, now, update);
    }

    private Written postpone(Session session, Layers now, TreeUpdate update) throws SQLException {
        Map<NodeId, NodeStates> states = new HashMap<>();
        TreeState counts = now.after(session, update, states);
        TreeState tables = now.tables().writeFacts(session, folder, update);
        byte[] encoded = UpdateCodec.encode(update);
        RecentUpdates.add(session, tables.tree(), now.recent().updates() + 1, encoded);
        return new Written(new Layers(tables, counts.in(tables), now.recent()), List.of(), states, encoded.length);
    }

    private static Written settle(Session session, Layers now, Map<NodeId, NodeStates> some, boolean isAll)
            throws SQLException {
        TreeState tables = now.settle(session, some);
        if (isAll) {
            RecentUpdates.clear(session, tables.tree());
        }
        return new Written(new Layers(tables, now.all(), now.recent()), some.keySet(), Map.of(), 0);
    }

    private void written(Written written) {
        RecentNodes recent = written.now.recent();
        recent.settled(written.settled);
        if (written.length > 0) {
            recent.add(recent.updates() + 1, written.length, written.added);
        }
        isUnsettled = !recent.isEmpty();
        layers = written.now;
    }

    private <R> R ask(Question<R> question) throws TreeStoreException {
        return database.read(session -> question.ask(session, known(session, false)));
    }

    private TreeState now() throws TreeStoreException {
        return ask((session, now) -> now.all());
    }

    /**
     * Returns the layers, which have to be read if they are not known.
     *
     * @param changes whether to forget them, as they will be known again only when a change is done
     */
    private Layers known(Session session, boolean changes) throws SQLException {
        Layers known = layers == null ? Layers.read(session, folder) : layers;
        layers = changes ? null : known;
        return known;
    }
}
