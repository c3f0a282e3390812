package org.tidebox.sync.internal.trees;

import java.util.List;
import java.util.function.Predicate;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.ExtendedAttributes;
import org.tidebox.tree.NodeKind;

/**
 * Which attributes count. Files: mode, time and extended ones. Folders: mode and extended ones, because their time
 * changes with each entry. Links: none. A mode counts only where both sides have one. Extended attributes are merged
 * name by name.
 */
public final class AttributeRule {
    private AttributeRule() {
    }

    /** Returns whether both mean the same for an entry of this kind. */
    public static boolean same(NodeKind kind, Attributes one, Attributes other) {
        return samePlain(kind, one, other) && (kind == NodeKind.LINK || one.extended().equals(other.extended()));
    }

    /** Returns whether both mean the same but for extended attributes. */
    public static boolean samePlain(NodeKind kind, Attributes one, Attributes other) {
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

    /**
     * Merges extended attributes: the server's, and those that were changed or added on this device only.
     *
     * @param base as last agreed on
     */
    public static ExtendedAttributes merge(ExtendedAttributes base, LocalNode local, ExtendedAttributes remote) {
        ExtendedAttributes here = local.attributes().extended();
        boolean known = local.held() != null;
        Predicate<String> ours = name -> !here.sameValue(name, base) && remote.sameValue(name, base)
                && (known || here.value(name) != null && remote.value(name) == null);
        // If they are too many together: the server keeps its versions, but what is only here would be lost.
        return take(remote, differences(here, remote, ours), here, known ? here : remote);
    }

    /** Returns what was sent, without what the server had before and the disk does not have yet. */
    static ExtendedAttributes withoutUnapplied(Attributes base, Attributes local, Attributes sent,
            Attributes remote) {
        Predicate<String> unapplied = name -> local.extended().sameValue(name, base.extended())
                || sent.extended().sameValue(name, remote.extended());
        return take(sent.extended(), differences(local.extended(), sent.extended(), unapplied), base.extended(),
                base.extended());
    }

    private static List<String> differences(ExtendedAttributes one, ExtendedAttributes other,
            Predicate<String> which) {
        // Most nodes have none.
        return one.equals(other) ? List.of() : one.differences(other).stream().filter(which).toList();
    }

    private static ExtendedAttributes take(ExtendedAttributes from, List<String> names, ExtendedAttributes others,
            ExtendedAttributes ifTooMany) {
        try {
            return names.isEmpty() ? from : from.with(names, others);
        } catch (IllegalArgumentException e) {
            return ifTooMany;
        }
    }
}
