package org.tidebox.agent.internal.history;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.AgentProblem;
import org.tidebox.agent.ConflictChoice;
import org.tidebox.agent.ConflictReport;
import org.tidebox.agent.ConflictReport.Side;
import org.tidebox.agent.ConflictsSettled;
import org.tidebox.agent.internal.account.Accounts;
import org.tidebox.agent.internal.account.Uplink;
import org.tidebox.agent.internal.folders.Calm;
import org.tidebox.agent.internal.folders.OpenFolder;
import org.tidebox.agent.internal.folders.SyncFolders;
import org.tidebox.delta.ChunkerRegistry;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.conflict.Conflict;
import org.tidebox.sync.conflict.ConflictException;
import org.tidebox.sync.conflict.ConflictGroup;
import org.tidebox.sync.conflict.Conflicts;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.HeadNews;
import org.tidebox.sync.folder.Problem;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.NodeKind;

/** What people ask about conflicts, and how they settle them. */
public final class ConflictCommands {
    private static final Logger LOG = LoggerFactory.getLogger(ConflictCommands.class);
    private final SyncFolders folders;
    private final Uplink uplink;
    private final Accounts accounts;
    private final ChunkerRegistry chunkers;
    private final InstantSource clock;
    private final RandomGenerator random;

    public ConflictCommands(SyncFolders folders, Uplink uplink, Accounts accounts, ChunkerRegistry chunkers,
            InstantSource clock, RandomGenerator random) {
        this.folders = folders;
        this.uplink = uplink;
        this.accounts = accounts;
        this.chunkers = chunkers;
        this.clock = clock;
        this.random = random;
    }

    public List<ConflictReport> list() throws AgentException, RemoteException, TreeStoreException {
        List<ConflictReport> reports = new ArrayList<>();
        for (OpenFolder folder : folders.all()) {
            List<Conflict> conflicts = Conflicts.list(folder.trees());
            Map<NodeId, String> makers = makers(folder, conflicts);
            for (ConflictGroup group : ConflictGroup.of(conflicts)) {
                for (ConflictGroup copies : group.byDevice()) {
                    reports.add(report(folder, copies, makers));
                }
            }
        }
        return reports;
    }

    public ConflictsSettled resolve(List<String> paths, ConflictChoice choice)
            throws AgentException, RemoteException, TreeStoreException {
        Map<OpenFolder, Set<Conflict>> chosen = new LinkedHashMap<>();
        if (paths.isEmpty()) {
            for (OpenFolder folder : folders.all()) {
                chosen.put(folder, new LinkedHashSet<>(Conflicts.list(folder.trees())));
            }
        }
        for (String path : paths) {
            Path place = SyncFolders.real(Path.of(path));
            OpenFolder folder = folders.around(place);
            chosen.computeIfAbsent(folder, key -> new LinkedHashSet<>()).addAll(find(folder, place));
        }
        int files = 0;
        List<Problem> problems = new ArrayList<>();
        for (Map.Entry<OpenFolder, Set<Conflict>> entry : chosen.entrySet()) {
            if (!entry.getValue().isEmpty()) {
                files += resolve(entry.getKey(), entry.getValue(), choice, problems);
            }
        }
        return new ConflictsSettled(files, problems);
    }

    private int resolve(OpenFolder folder, Set<Conflict> conflicts, ConflictChoice choice, List<Problem> problems)
            throws AgentException, RemoteException, TreeStoreException {
        FolderPast past = new FolderPast(folder, uplink.connection());
        List<String> paths = conflicts.stream()
                .flatMap(conflict -> Stream.of(conflict.path(), conflict.originalPath())).distinct().toList();
        Calm.before(folder, past.connection(), paths, false);
        ConflictSettler settler = new ConflictSettler(past, this::isMine, chunkers, clock, random);
        int files = 0;
        try {
            for (ConflictGroup group : ConflictGroup.of(List.copyOf(conflicts))) {
                try {
                    folder.moved(new HeadNews(settler.settle(group, choice)));
                    files++;
                } catch (ConflictException e) {
                    problems.add(new Problem(folder.root().resolve(group.originalPath()).toString(), e.getObstacle()));
                }
            }
        } catch (RemoteException e) {
            throw Calm.refused(folder, e);
        }
        List<Problem> left = Calm.after(folder, paths, Calm.PATIENCE);
        left.forEach(problem -> problems.add(new Problem(folder.root().resolve(problem.path()).toString(),
                problem.reason(), problem.retried())));
        return files;
    }

    /** Returns the conflict of a copy, all those of a file, or all those in a folder. */
    private static List<Conflict> find(OpenFolder folder, Path place) throws AgentException, TreeStoreException {
        String path = String.join("/", FolderPast.names(folder, place));
        List<Conflict> all = Conflicts.list(folder.trees());
        List<Predicate<Conflict>> meanings = List.of(conflict -> conflict.path().equals(path),
                conflict -> conflict.originalPath().equals(path),
                conflict -> path.isEmpty() || conflict.path().startsWith(path + "/"));
        for (Predicate<Conflict> meaning : meanings) {
            List<Conflict> found = all.stream().filter(meaning).toList();
            if (!found.isEmpty()) {
                return found;
            }
        }
        throw new AgentException(new AgentProblem.NoConflict(place.toString()));
    }

    private boolean isMine(Conflict conflict) throws TreeStoreException {
        return accounts.status() != null && Conflicts.isFrom(conflict, accounts.status().device());
    }

    private ConflictReport report(OpenFolder folder, ConflictGroup copies, Map<NodeId, String> makers)
            throws TreeStoreException {
        Conflict conflict = copies.newest();
        int older = copies.copies().size() - 1;
        Side copy = side(folder, conflict.path(), conflict.copy(), conflict.device(), true);
        LocalNode there = conflict.original();
        Side original = side(folder, conflict.originalPath(), there, there == null ? null : makers.get(there.id()),
                false);
        return isMine(conflict)
                ? new ConflictReport(copy, original, conflict.time(), older)
                : new ConflictReport(original, copy, conflict.time(), older);
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
