package org.tidebox.agent.internal.history;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.AgentProblem;
import org.tidebox.agent.FileVersion;
import org.tidebox.agent.RestoreProgress;
import org.tidebox.agent.RestoreReport;
import org.tidebox.agent.RestoreRequest;
import org.tidebox.agent.TrashEntry;
import org.tidebox.agent.internal.account.Uplink;
import org.tidebox.agent.internal.folders.OpenFolder;
import org.tidebox.agent.internal.folders.SyncFolders;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.folder.Problem;
import org.tidebox.sync.past.Trash;

/** What people ask of the past: history, restore, trash. */
public final class PastCommands {
    private final SyncFolders folders;
    private final Uplink uplink;
    private final Restoring restoring;

    public PastCommands(SyncFolders folders, Uplink uplink, Restoring restoring) {
        this.folders = folders;
        this.uplink = uplink;
        this.restoring = restoring;
    }

    public List<FileVersion> history(String path) throws AgentException, RemoteException, TreeStoreException {
        Path file = Path.of(path);
        return past(file).versions(file);
    }

    public RestoreReport restore(RestoreRequest request) throws AgentException, RemoteException, TreeStoreException {
        FolderPast past = past(Path.of(request.path()));
        if (request.to() != null) {
            Path directory = Path.of(request.to());
            checkOutside(directory);
            return restoring.into(past, request.path(), directory, select(past, request));
        }
        List<String> paths = List.of(String.join("/", past.names(Path.of(request.path()))));
        restoring.calm(past, paths, true);
        return restoring.inPlace(past, request.path(), paths, List.of(select(past, request)));
    }

    private static Selection select(FolderPast past, RestoreRequest request)
            throws AgentException, RemoteException, TreeStoreException {
        try {
            return new Selector(past, request).select();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AgentException("Looking for " + request.path() + " was interrupted; try again", false, e);
        }
    }

    public List<TrashEntry> trash(String directory) throws AgentException, RemoteException, TreeStoreException {
        List<TrashEntry> entries = new ArrayList<>();
        if (directory == null) {
            for (OpenFolder folder : folders.all()) {
                entries.addAll(new FolderPast(folder, uplink.connection()).trashIn(List.of()));
            }
        } else {
            Path place = Path.of(directory);
            FolderPast past = past(place);
            entries.addAll(past.trashIn(past.names(place)));
        }
        entries.sort(Comparator.comparing(TrashEntry::time).reversed());
        return entries;
    }

    public RestoreReport restoreTrash(List<String> items) throws AgentException, RemoteException, TreeStoreException {
        Map<FolderPast, List<Selection>> found = new LinkedHashMap<>();
        for (String item : items) {
            find(item, found);
        }
        RestoreReport all = new RestoreReport(String.join(", ", items), null, 0, 0, 0, 0, null, 0, List.of(), List.of(),
                List.of());
        for (Map.Entry<FolderPast, List<Selection>> entry : found.entrySet()) {
            List<String> paths = entry.getValue().stream().map(selection -> selection.top().path()).toList();
            restoring.calm(entry.getKey(), paths, false);
            all = plus(all, restoring.inPlace(entry.getKey(), all.path(), paths, entry.getValue()));
        }
        return all;
    }

    public RestoreProgress restoring() {
        return restoring.progress();
    }

    private void find(String item, Map<FolderPast, List<Selection>> found)
            throws AgentException, RemoteException, TreeStoreException {
        if (item.startsWith("/") || Path.of(item).isAbsolute()) {
            Path path = Path.of(item);
            FolderPast past = among(found, folders.around(path));
            List<String> names = past.names(path);
            Optional<Trash.Item> deleted = past.deleted(names);
            List<Trash.Item> items = deleted.isPresent() || names.isEmpty()
                    ? deleted.stream().toList()
                    : past.trash().lastBelow(String.join("/", names));
            add(item, past, items, found);
            return;
        }
        for (OpenFolder folder : folders.all()) {
            FolderPast past = among(found, folder);
            Optional<Trash.Item> deleted = past.trash().byId(item);
            if (deleted.isPresent()) {
                add(item, past, List.of(deleted.get()), found);
                return;
            }
        }
        throw notThere(item);
    }

    private FolderPast among(Map<FolderPast, List<Selection>> found, OpenFolder folder) throws RemoteException {
        Optional<FolderPast> known = found.keySet().stream().filter(past -> past.folder() == folder).findFirst();
        return known.isPresent() ? known.get() : new FolderPast(folder, uplink.connection());
    }

    private static void add(String item, FolderPast past, List<Trash.Item> deleted,
            Map<FolderPast, List<Selection>> found) throws AgentException, RemoteException {
        if (deleted.isEmpty()) {
            throw notThere(item);
        }
        for (Trash.Item there : deleted) {
            found.computeIfAbsent(past, key -> new ArrayList<>()).add(Selector.deleted(past, there));
        }
    }

    private static AgentException notThere(String item) {
        return new AgentException(new AgentProblem.NotInTrash(item));
    }

    private FolderPast past(Path path) throws AgentException, RemoteException {
        return new FolderPast(folders.around(SyncFolders.real(path)), uplink.connection());
    }

    private void checkOutside(Path directory) throws AgentException {
        Path real = SyncFolders.real(directory);
        for (OpenFolder folder : folders.all()) {
            if (real.startsWith(SyncFolders.real(folder.root()))) {
                throw new AgentException(
                        new AgentProblem.TargetInSyncFolder(directory.toString(), folder.root().toString()));
            }
        }
    }

    private static RestoreReport plus(RestoreReport one, RestoreReport other) {
        List<String> renamed = new ArrayList<>(one.renamed());
        renamed.addAll(other.renamed());
        List<Problem> problems = new ArrayList<>(one.problems());
        problems.addAll(other.problems());
        return new RestoreReport(one.path(), null, one.files() + other.files(), one.others() + other.others(),
                one.bytes() + other.bytes(), one.unchanged() + other.unchanged(), null, 0, List.of(),
                renamed, problems);
    }
}
