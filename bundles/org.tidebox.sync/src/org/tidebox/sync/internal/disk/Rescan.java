package org.tidebox.sync.internal.disk;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.tidebox.sync.confined.NotRealFolderException;
import org.tidebox.sync.folder.ScanScope;

/** Where the disk was found otherwise than it was known, and is to be looked at again. Not thread-safe. */
public final class Rescan {
    private final Set<Path> entries = new LinkedHashSet<>();
    private final Set<Path> folders = new LinkedHashSet<>();

    /** Asks for a look at one entry, which is there. */
    public void entry(Path path) {
        entries.add(path);
    }

    /** Asks for a look at all entries of a folder. */
    public void folder(Path path) {
        folders.add(path);
    }

    /** Asks for a look at what a step found. */
    public void at(StaleException e) {
        (e.isEntry() ? entries : folders).add(e.path());
    }

    /** Asks for a look at the folder above one that is none any more. */
    public void at(NotRealFolderException e) {
        at(StaleException.of(e));
    }

    /** Returns whether nothing has to be looked at. */
    public boolean isEmpty() {
        return entries.isEmpty() && folders.isEmpty();
    }

    /** Forgets all. */
    public void clear() {
        entries.clear();
        folders.clear();
    }

    /** Returns where to look, and forgets it. */
    public ScanScope take() {
        ScanScope scope = ScanScope.entries(entries, Set.of()).and(ScanScope.folders(folders));
        clear();
        return scope;
    }
}
