package org.tidebox.rules.ignorefile;

import java.util.Arrays;
import org.tidebox.rules.IgnoreScope;

/**
 * One ignore file and where it counts from; what it says nothing about, the files above decide.
 *
 * @param above the files above; {@code null} at the top
 * @param patterns those of this one
 * @param way the names of folders from that of this file to the one that is looked at; none if it is the same
 * @param whole whether the folder that is looked at is ignored, and all in it
 */
record GitIgnoreScope(GitIgnoreScope above, IgnorePatterns patterns, String[] way, boolean whole)
        implements
            IgnoreScope {
    private static final String[] HERE = {};

    static GitIgnoreScope of(String file) {
        return new GitIgnoreScope(null, IgnorePatterns.of(file), HERE, false);
    }

    /** Adds the file of the folder that is looked at. */
    GitIgnoreScope with(String file) {
        IgnorePatterns own = IgnorePatterns.of(file);
        return own.isEmpty() ? this : new GitIgnoreScope(this, own, HERE, whole);
    }

    @Override
    public boolean ignores(String name, boolean folder) {
        if (whole) {
            return true;
        }
        for (GitIgnoreScope scope = this; scope != null; scope = scope.above) {
            Boolean ignored = scope.patterns.decide(plus(scope.way, name), folder);
            if (ignored != null) {
                return ignored;
            }
        }
        return false;
    }

    @Override
    public IgnoreScope enter(String name, String file) {
        return inside(name, ignores(name, true)).with(file);
    }

    private GitIgnoreScope inside(String name, boolean ignored) {
        return new GitIgnoreScope(above == null ? null : above.inside(name, ignored), patterns, plus(way, name),
                ignored);
    }

    private static String[] plus(String[] names, String name) {
        String[] longer = Arrays.copyOf(names, names.length + 1);
        longer[names.length] = name;
        return longer;
    }
}
