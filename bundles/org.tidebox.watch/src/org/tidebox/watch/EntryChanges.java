package org.tidebox.watch;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Gathers what is told of single entries; of each the last word counts. Where there are very many, their folders stand
 * for them, so that what waits never takes much memory. Not thread-safe.
 */
public final class EntryChanges {
    /** How many entries are told apart. */
    public static final int MOST = 10_000;

    private final Map<Path, Boolean> gone = new HashMap<>();
    private final Set<Path> folders = new HashSet<>();

    /** An entry was made, or has another content or other attributes. */
    public void there(Path entry) {
        put(entry, false);
    }

    /** An entry left its place: it was deleted, or has another name. */
    public void gone(Path entry) {
        put(entry, true);
    }

    /** Any entry of a folder may have changed. */
    public void folder(Path folder) {
        folders.add(folder);
    }

    /** Returns the entries that are there, as far as was told. */
    public Set<Path> there() {
        return with(false);
    }

    /** Returns the entries that left their places. */
    public Set<Path> gone() {
        return with(true);
    }

    /** Returns the folders any entry of which may have changed. */
    public Set<Path> folders() {
        return Set.copyOf(folders);
    }

    /** Returns whether there is none. */
    public boolean isEmpty() {
        return gone.isEmpty() && folders.isEmpty();
    }

    /** Takes an entry out if the last word on it is that it left its place; returns whether it was so. */
    boolean takeGone(Path entry) {
        return gone.remove(entry, true);
    }

    private void put(Path entry, boolean isGone) {
        Path folder = folderOf(entry);
        if (folders.contains(folder)) {
            return;
        }
        gone.put(entry, isGone);
        if (gone.size() > MOST) {
            gone.keySet().forEach(one -> folders.add(folderOf(one)));
            gone.clear();
        }
    }

    private Set<Path> with(boolean isGone) {
        return gone.entrySet().stream().filter(entry -> entry.getValue() == isGone).map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the folder that an entry lies in; of one at the top, the empty path. */
    static Path folderOf(Path entry) {
        Path folder = entry.getParent();
        return folder == null ? entry.getFileSystem().getPath("") : folder;
    }
}
