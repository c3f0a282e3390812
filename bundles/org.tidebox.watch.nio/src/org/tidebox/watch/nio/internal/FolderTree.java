package org.tidebox.watch.nio.internal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.tidebox.watch.nio.Registration;

/**
 * The folders below a root that are registered with the system, and the keys that stand for them. Used by one thread at
 * a time.
 */
final class FolderTree {
    private final Path root;
    private final Predicate<Path> ignored;
    private final WatchService service;
    private final Registration registration;
    private final Map<WatchKey, Folder> byKey = new HashMap<>();
    private Folder top;

    FolderTree(Path root, Predicate<Path> ignored, WatchService service, Registration registration) {
        this.root = root;
        this.ignored = ignored;
        this.service = service;
        this.registration = registration;
    }

    /** Registers the whole tree. */
    void registerAll() throws IOException {
        Path here = root.getFileSystem().getPath("");
        top = new Folder(here, key(here));
        own(top);
        registerBelow(top);
    }

    Folder folder(WatchKey key) {
        return byKey.get(key);
    }

    boolean isRoot(Folder folder) {
        return folder == top;
    }

    /** Returns the folder at that place, or {@code null} if it is not known. */
    Folder find(Path path) {
        Folder found = top;
        if (!path.toString().isEmpty()) {
            for (Path name : path) {
                found = found == null ? null : found.children.get(name.toString());
            }
        }
        return found;
    }

    /** Returns whether there is a folder at that place, which is not to be ignored. */
    boolean isFolder(Path path) {
        return !ignored.test(path) && Files.isDirectory(root.resolve(path), LinkOption.NOFOLLOW_LINKS);
    }

    /** Returns whether this place lies in a folder to be ignored, or is one. */
    boolean isIgnored(Path path) {
        for (int names = 1; names <= path.getNameCount(); names++) {
            if (ignored.test(path.subpath(0, names))) {
                return true;
            }
        }
        return false;
    }

    /** Registers a folder and everything below it anew; what was known at its place is forgotten. */
    void adopt(Folder parent, Path path) throws IOException {
        if (registration.coversSubtree()) {
            return;
        }
        Folder fresh = new Folder(path, keyUnlessDenied(path));
        Folder old = parent.children.put(path.getFileName().toString(), fresh);
        own(fresh);
        registerBelow(fresh);
        release(old);
    }

    /** Registers everything below a folder anew, after events were lost. */
    void renew(Folder folder) throws IOException {
        if (registration.coversSubtree()) {
            return;
        }
        Folder old = new Folder(folder.path, null);
        old.children.putAll(folder.children);
        folder.children.clear();
        registerBelow(folder);
        release(old);
    }

    /** Stops watching what was at this place. */
    void forget(Folder parent, Path path) {
        release(parent.children.remove(path.getFileName().toString()));
    }

    /** Drops a key that the system gave up. */
    void lost(WatchKey key) {
        byKey.remove(key);
    }

    private void registerBelow(Folder start) throws IOException {
        if (registration.coversSubtree()) {
            return;
        }
        Deque<Folder> open = new ArrayDeque<>();
        open.push(start);
        while (!open.isEmpty()) {
            Folder folder = open.pop();
            // Listed after it was registered: what is made in between is found by one of the two.
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.resolve(folder.path))) {
                for (Path entry : entries) {
                    Path path = folder.resolve(entry.getFileName());
                    if (isFolder(path)) {
                        Folder child = new Folder(path, keyUnlessDenied(path));
                        own(child);
                        folder.children.put(entry.getFileName().toString(), child);
                        open.push(child);
                    }
                }
            } catch (AccessDeniedException | NoSuchFileException | NotDirectoryException e) {
                // Denied: its parent tells when the mode changes. Gone: its parent tells that, too.
                continue;
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
    }

    private WatchKey keyUnlessDenied(Path path) throws IOException {
        try {
            return key(path);
        } catch (AccessDeniedException | NoSuchFileException | NotDirectoryException e) {
            return null;
        }
    }

    private WatchKey key(Path path) throws IOException {
        return registration.register(root.resolve(path), service);
    }

    /** A moved folder keeps its key, so the key may have stood for another place until now. */
    private void own(Folder folder) {
        if (folder.key != null) {
            byKey.put(folder.key, folder);
        }
    }

    /** Cancels the keys of a folder and of all below it, but not those that stand for another place by now. */
    private void release(Folder start) {
        Deque<Folder> open = new ArrayDeque<>();
        if (start != null) {
            open.push(start);
        }
        while (!open.isEmpty()) {
            Folder folder = open.pop();
            open.addAll(folder.children.values());
            if (folder.key != null && byKey.remove(folder.key, folder)) {
                folder.key.cancel();
            }
        }
    }
}
