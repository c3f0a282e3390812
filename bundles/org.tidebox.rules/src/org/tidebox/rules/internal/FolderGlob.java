package org.tidebox.rules.internal;

import java.util.ArrayList;
import java.util.List;
import org.tidebox.rules.Glob;
import org.tidebox.rules.PathGlob;

/** A pattern over the path of a folder; accepts what lies in a folder that it fits, however deep. */
public final class FolderGlob {
    private static final Glob ANY_NAME = new Glob.Builder().any().build();

    private final List<Glob> names;
    private final boolean anchored;
    private final PathGlob path;

    private FolderGlob(List<Glob> names, boolean anchored) {
        this.names = names;
        this.anchored = anchored;
        List<Glob> whole = new ArrayList<>(names);
        if (!anchored) {
            whole.addFirst(PathGlob.DEEP);
        }
        if (names.getLast() == PathGlob.DEEP) {
            // At the end it stands for one name at least: what lies in the folder before it, not that folder.
            whole.set(whole.size() - 1, ANY_NAME);
        }
        this.path = new PathGlob(whole);
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
        return name.equals("**") ? PathGlob.DEEP : GlobParser.parse(name, at);
    }

    /**
     * Returns whether an entry lies in a folder that this fits.
     *
     * @param path the names of the entry
     * @param folders how many of them, from the first on, are folders
     */
    public boolean contains(String[] path, int folders) {
        return this.path.begins(path, folders);
    }

    /** Returns the only path that it fits; {@code null} if there are others. */
    List<String> literal() {
        boolean plain = anchored && names.stream().allMatch(name -> name != PathGlob.DEEP && name.literal() != null);
        return plain ? names.stream().map(Glob::literal).toList() : null;
    }
}
