package org.tidebox.agent.internal;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.ConflictChoice;
import org.tidebox.agent.ConflictReport;
import org.tidebox.agent.ConflictReport.Side;
import org.tidebox.delta.ChunkerRegistry;
import org.tidebox.sync.HeadNews;
import org.tidebox.sync.LocalNode;
import org.tidebox.sync.RemoteException;
import org.tidebox.sync.TreeStoreException;
import org.tidebox.sync.conflict.Conflict;
import org.tidebox.sync.conflict.ConflictException;
import org.tidebox.sync.conflict.Conflicts;
import org.tidebox.sync.conflict.Settlement;
import org.tidebox.sync.conflict.Texts;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;

/** What people ask about conflicts, and how they settle them. */
final class ConflictCommands {
    private static final Logger LOG = LoggerFactory.getLogger(ConflictCommands.class);
    private final SyncFolders folders;
    private final Uplink uplink;
    private final Accounts accounts;
    private final ChunkerRegistry chunkers;
    private final InstantSource clock;
    private final RandomGenerator random;

    ConflictCommands(SyncFolders folders, Uplink uplink, Accounts accounts, ChunkerRegistry chunkers,
            InstantSource clock, RandomGenerator random) {
        this.folders = folders;
        this.uplink = uplink;
        this.accounts = accounts;
        this.chunkers = chunkers;
        this.clock = clock;
        this.random = random;
    }

    List<ConflictReport> list() throws AgentException, RemoteException, TreeStoreException {
        List<ConflictReport> reports = new ArrayList<>();
        for (OpenFolder folder : folders.all()) {
            List<Conflict> conflicts = Conflicts.list(folder.trees());
            Map<NodeId, String> makers = makers(folder, conflicts);
            for (Conflict conflict : conflicts) {
                reports.add(report(folder, conflict, makers));
            }
        }
        return reports;
    }

    void resolve(String path, ConflictChoice choice) throws AgentException, RemoteException, TreeStoreException {
        Path file = SyncFolders.real(Path.of(path));
        FolderPast past = new FolderPast(folders.around(file), uplink.connection());
        Calm.before(past, "");
        Conflict conflict = find(past, file);
        try {
            past.folder().moved(new HeadNews(settle(past, conflict, choice)));
        } catch (ConflictException e) {
            throw new AgentException(e.getMessage(), e.isPermanent(), e);
        } catch (RemoteException e) {
            throw Calm.refused(past, e);
        }
        Calm.after(past);
    }

    private long settle(FolderPast past, Conflict conflict, ConflictChoice choice)
            throws RemoteException, TreeStoreException, ConflictException {
        Settlement settlement = new Settlement(past.connection(), past.library(), past.folder().trees(), random,
                conflict);
        boolean copyIsMine = isMine(conflict);
        return switch (choice) {
            case MINE -> copyIsMine ? settlement.keepCopy() : settlement.keepOriginal();
            case THEIRS -> copyIsMine ? settlement.keepOriginal() : settlement.keepCopy();
            case BOTH -> settlement.keepBoth();
            case MERGE -> settlement.merge(texts(past), now(), false);
            case MERGE_WITH_MARKERS -> settlement.merge(texts(past), now(), true);
        };
    }

    private Texts texts(FolderPast past) {
        return new Texts(past.connection(), past.connection(), past.library(), chunkers, random);
    }

    private long now() {
        Instant now = clock.instant();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    private Conflict find(FolderPast past, Path file) throws AgentException, TreeStoreException {
        String path = String.join("/", past.names(file));
        List<Conflict> all = Conflicts.list(past.folder().trees());
        List<Conflict> copies = all.stream().filter(conflict -> conflict.path().equals(path)).toList();
        List<Conflict> found = copies.isEmpty()
                ? all.stream().filter(conflict -> conflict.originalPath().equals(path)).toList()
                : copies;
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw new AgentException(found.isEmpty()
                ? "There is no conflict about " + file + "; 'tidebox conflicts' lists them"
                : file + " has " + found.size() + " conflict copies; name the one that you mean");
    }

    private boolean isMine(Conflict conflict) throws TreeStoreException {
        return accounts.status() != null && Conflicts.isFrom(conflict, accounts.status().device());
    }

    private ConflictReport report(OpenFolder folder, Conflict conflict, Map<NodeId, String> makers)
            throws TreeStoreException {
        Side copy = side(folder, conflict.path(), conflict.copy(), conflict.device(), true);
        LocalNode there = conflict.original();
        Side original = side(folder, conflict.originalPath(), there, there == null ? null : makers.get(there.id()),
                false);
        return isMine(conflict)
                ? new ConflictReport(copy, original, conflict.time())
                : new ConflictReport(original, copy, conflict.time());
    }

    private static Side side(OpenFolder folder, String path, LocalNode node, String device, boolean copy) {
        String absolute = folder.root().resolve(path).toString();
        if (node == null) {
            return new Side(absolute, copy, device, null, null, -1);
        }
        String changed = Instant.EPOCH.plusNanos(node.attributes().mtime()).toString();
        return new Side(absolute, copy, device, node.kind().name(), changed,
                node.kind() == NodeKind.FILE ? node.stamp().size() : 0);
    }

    /** Who made the versions that are in place: the server knows, if it is there. */
    private Map<NodeId, String> makers(OpenFolder folder, List<Conflict> conflicts) {
        List<NodeId> originals = conflicts.stream().filter(conflict -> conflict.original() != null)
                .map(conflict -> conflict.original().id()).toList();
        Map<NodeId, String> makers = new HashMap<>();
        if (!originals.isEmpty()) {
            try {
                uplink.connection().newest(folder.definition().library(), originals)
                        .forEach(entry -> makers.put(entry.node().id(), entry.device()));
            } catch (RemoteException e) {
                LOG.debug("The list is of use without the names of devices, too", e);
            }
        }
        return makers;
    }
}
