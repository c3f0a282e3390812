package org.tidebox.sync.internal;

import org.tidebox.tree.Attributes;
import org.tidebox.tree.NodeKind;

/**
 * Which attributes count. Files: mode and time. Folders: the mode, because their time changes with each entry. Links:
 * none. A mode counts only where both sides have one.
 */
public final class AttributeRule {
    private AttributeRule() {
    }

    /** Returns whether both mean the same for an entry of this kind. */
    public static boolean same(NodeKind kind, Attributes one, Attributes other) {
        return switch (kind) {
            case FILE -> sameMode(one.mode(), other.mode()) && one.mtime() == other.mtime();
            case FOLDER -> sameMode(one.mode(), other.mode());
            case LINK -> true;
        };
    }

    /** Returns whether two modes are the same, as far as both are known. */
    public static boolean sameMode(int one, int other) {
        return one == other || one == Attributes.NO_MODE || other == Attributes.NO_MODE;
    }
}
