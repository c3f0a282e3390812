package org.tidebox.rules.internal;

import java.util.ArrayList;
import java.util.List;

/** A pattern over the path of a folder; accepts what lies in a folder that it fits, however deep. */
public final class FolderGlob {
    /** Stands for any number of names. */
    private static final Glob DEEP = null;

    private final List<Glob> names;
    private final boolean anchored;

    private FolderGlob(List<Glob> names, boolean anchored) {
        this.names = names;
        this.anchored = anchored;
    }

    /**
     * Reads a pattern.
     *
     * @throws PatternException if it is none
     */
    public static FolderGlob parse(String pattern) throws PatternException {
        boolean anchored = pattern.startsWith("/");
        int end = pattern.endsWith("/") && pattern.length() > 1 ? pattern.length() - 1 : pattern.length();
        int at = anchored ? 1 : 0;
        List<Glob> names = new ArrayList<>();
        while (at < end) {
            int slash = pattern.indexOf('/', at);
            int stop = slash < 0 || slash > end ? end : slash;
            names.add(name(pattern.substring(at, stop), at));
            at = stop + 1;
        }
        if (names.isEmpty()) {
            throw new PatternException(0, anchored
                    ? "a folder's name is missing after '/'; write 'all' for everything"
                    : "a folder's name is missing");
        }
        return new FolderGlob(names, anchored);
    }

    private static Glob name(String name, int at) throws PatternException {
        if (name.isEmpty()) {
            throw new PatternException(at, "a name is missing between two '/'");
        }
        if (name.equals(".") || name.equals("..")) {
            throw new PatternException(at, "'" + name + "' is no folder's name; paths count from the sync folder");
        }
        return name.equals("**") ? DEEP : Glob.parse(name, at);
    }

    /**
     * Returns whether an entry lies in a folder that this fits.
     *
     * @param path the names of the entry
     * @param folders how many of them, from the first on, are folders
     */
    public boolean contains(String[] path, int folders) {
        int last = anchored ? 0 : folders - 1;
        for (int from = 0; from <= last; from++) {
            if (begins(path, from, folders, 0)) {
                return true;
            }
        }
        return false;
    }

    private boolean begins(String[] path, int from, int folders, int index) {
        if (index == names.size()) {
            return true;
        }
        Glob glob = names.get(index);
        if (glob != DEEP) {
            return from < folders && glob.matches(path[from]) && begins(path, from + 1, folders, index + 1);
        }
        // At the end it stands for at least one name: what lies in the folder before it, not that folder.
        int first = index == names.size() - 1 ? from + 1 : from;
        for (int next = first; next <= folders; next++) {
            if (begins(path, next, folders, index + 1)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the only path that it fits; {@code null} if there are others. */
    List<String> literal() {
        boolean plain = anchored && names.stream().allMatch(name -> name != DEEP && name.literal() != null);
        return plain ? names.stream().map(Glob::literal).toList() : null;
    }
}
