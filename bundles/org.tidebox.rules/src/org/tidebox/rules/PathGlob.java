package org.tidebox.rules;

import java.util.List;

/**
 * A pattern over the names of a path. Takes time in proportion to its length times that of the path at most, as a
 * {@link Glob} does. Immutable.
 */
public final class PathGlob {
    /** Stands for any number of names, none included. */
    public static final Glob DEEP = new Glob.Builder().any().build();

    private final List<Glob> names;

    /**
     * Makes one.
     *
     * @param names a pattern for each name, or {@link #DEEP}
     */
    public PathGlob(List<Glob> names) {
        this.names = List.copyOf(names);
    }

    /** Returns whether it accepts the first names of a path, so many of them as are given, and no less. */
    public boolean matches(String[] path, int count) {
        return fits(path, count, false);
    }

    /** Returns whether it accepts the first names of a path, so many of them as are given, or fewer. */
    public boolean begins(String[] path, int count) {
        return fits(path, count, true);
    }

    private boolean fits(String[] path, int count, boolean fewer) {
        int at = 0;
        int name = 0;
        int lastDeep = -1;
        int resumeAt = 0;
        while (true) {
            if (name < names.size() && names.get(name) == DEEP) {
                lastDeep = name++;
                resumeAt = at;
            } else if (name == names.size() && (fewer || at == count)) {
                return true;
            } else if (name < names.size() && at < count && names.get(name).matches(path[at])) {
                name++;
                at++;
            } else if (lastDeep >= 0 && resumeAt < count) {
                name = lastDeep + 1;
                at = ++resumeAt;
            } else {
                return false;
            }
        }
    }
}
