package org.tidebox.agent.internal.folders;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.AgentProblem;
import org.tidebox.agent.internal.account.DeviceState;
import org.tidebox.sync.SyncFolder;
import org.tidebox.sync.device.ClientDatabase;
import org.tidebox.sync.device.FolderDefinition;
import org.tidebox.sync.device.FolderId;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.tree.Library;
import org.tidebox.tree.LibraryId;

/** The sync folders of this device: which there are, and which are at work. Thread-safe; changes come one after the other. */
public final class SyncFolders {
    private static final Logger LOG = LoggerFactory.getLogger(SyncFolders.class);

    private final ClientDatabase database;
    private final FolderPaths paths;
    private final FolderChecks checks;
    private final OpenFolder.Workshop workshop;
    private final RandomGenerator random;
    private final Map<FolderId, OpenFolder> folders = new ConcurrentHashMap<>();
    private boolean working;

    public SyncFolders(ClientDatabase database, FolderPaths paths, FolderChecks checks, OpenFolder.Workshop workshop,
            RandomGenerator random)
            throws TreeStoreException {
        this.database = database;
        this.paths = paths;
        this.checks = checks;
        this.workshop = workshop;
        this.random = random;
        for (FolderDefinition definition : database.folders()) {
            folders.put(definition.id(), open(definition));
        }
    }

    /** Sets all to work that do not rest on the user's wish, and from now on each that is added. */
    public synchronized void startAll() {
        working = true;
        folders.values().forEach(OpenFolder::start);
    }

    /** Lets all rest. */
    public synchronized void stopAll() {
        working = false;
        folders.values().parallelStream().forEach(OpenFolder::stop);
    }

    /** Returns all, by directory. */
    public List<OpenFolder> all() {
        return folders.values().stream().sorted(Comparator.comparing(OpenFolder::root)).toList();
    }

    /** Returns those of a library. */
    public List<OpenFolder> of(LibraryId library) {
        return folders.values().stream().filter(folder -> folder.definition().library().equals(library)).toList();
    }

    /** Returns the folder that a file lies in. */
    public OpenFolder around(Path file) throws AgentException {
        return folders.values().stream().filter(folder -> real(file).startsWith(real(folder.root()))).findFirst()
                .orElseThrow(
                        () -> new AgentException(new AgentProblem.InNoSyncFolder(file.toString())));
    }

    /** Checks whether a directory can be added; returns its real path. */
    public Path check(Path directory) throws AgentException {
        return checks.check(directory, roots());
    }

    public synchronized OpenFolder add(Path directory, Library library, boolean paused)
            throws AgentException, TreeStoreException {
        Path root = checks.check(directory, roots());
        List<OpenFolder> same = of(library.id());
        if (!same.isEmpty()) {
            throw new AgentException(
                    new AgentProblem.LibraryKept(library.name(), same.get(0).root().toString()));
        }
        FolderDefinition definition = new FolderDefinition(FolderId.random(random), paths.write(root), library.id(),
                library.name(), paused, false);
        removeMarker(root);
        database.putFolder(definition);
        OpenFolder folder = open(definition);
        folders.put(definition.id(), folder);
        startIfWorking(folder);
        return folder;
    }

    /** Ends the sync of a folder; returns what it was. */
    public synchronized OpenFolder remove(Path directory) throws AgentException, TreeStoreException {
        OpenFolder folder = at(directory);
        folder.stop();
        database.removeFolder(folder.definition().id());
        new DeviceState(database).deleteIgnored(folder.definition().id(), false);
        folders.remove(folder.definition().id());
        removeMarker(folder.root());
        return folder;
    }

    public synchronized void pause(Path directory) throws AgentException, TreeStoreException {
        OpenFolder folder = at(directory);
        redefine(folder, folder.definition().withPaused(true));
        folder.stop();
    }

    /** Changes what is kept of a folder; where it works, it begins anew and looks at everything. */
    public synchronized void keepExtended(Path directory, boolean keep) throws AgentException, TreeStoreException {
        OpenFolder folder = at(directory);
        if (folder.definition().keepsExtended() != keep) {
            folder.stop();
            redefine(folder, folder.definition().withExtended(keep));
            startIfWorking(folder);
        }
    }

    /** What is ignored is deleted with its folder from now on, or stays. */
    public synchronized void deleteIgnored(Path directory, boolean delete) throws AgentException, TreeStoreException {
        OpenFolder folder = at(directory);
        new DeviceState(database).deleteIgnored(folder.definition().id(), delete);
        folder.deleteIgnored(delete);
    }

    /** Lets a folder work again that rests on the person's wish; returns whether it did. */
    synchronized boolean unpause(OpenFolder folder) throws TreeStoreException {
        if (!folder.definition().paused()) {
            return false;
        }
        redefine(folder, folder.definition().withPaused(false));
        startIfWorking(folder);
        return true;
    }

    /** Returns whether folders are kept in step all the time, not for single commands only. */
    synchronized boolean isWorking() {
        return working;
    }

    private void redefine(OpenFolder folder, FolderDefinition changed) throws TreeStoreException {
        database.putFolder(changed);
        folder.define(changed);
    }

    private void startIfWorking(OpenFolder folder) {
        if (working) {
            folder.start();
        }
    }

    private OpenFolder open(FolderDefinition definition) {
        return new OpenFolder(definition, paths.read(definition.root()), database.trees(definition.id()), workshop);
    }

    /** Returns the folder that lies in a directory. */
    public OpenFolder at(Path directory) throws AgentException {
        return folders.values().stream().filter(folder -> real(folder.root()).equals(real(directory))).findFirst()
                .orElseThrow(
                        () -> new AgentException(new AgentProblem.NoSyncFolder(directory.toString())));
    }

    private Collection<Path> roots() {
        return folders.values().stream().map(OpenFolder::root).toList();
    }

    /** A file that is gone may still be asked about; then as much of its path as there is counts. */
    public static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            Path parent = path.getParent();
            return parent == null ? path.normalize() : real(parent).resolve(path.getFileName());
        }
    }

    /** What an earlier binding of the directory left behind would look like another folder's. */
    private static void removeMarker(Path root) {
        try {
            SyncFolder.removeMarker(root.toAbsolutePath().normalize());
        } catch (IOException e) {
            LOG.warn("{} could not be removed: {}; it does no harm", root.resolve(SyncFolder.MARKER_FOLDER),
                    e.getMessage());
        }
    }
}
