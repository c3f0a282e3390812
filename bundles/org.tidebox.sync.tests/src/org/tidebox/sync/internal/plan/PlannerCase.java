package org.tidebox.sync.internal.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Three trees: what was agreed on, and what became of it here and there.
 *
 * @param seed the number that it was made from
 * @param edits how they came about; each hangs on nothing but its own number, so that any can be left out
 */
record PlannerCase(long seed, List<Edit> edits) {
    private static final int MOST = 7;

    /** Whose tree is edited. */
    enum Whose {
        AGREED, LOCAL, REMOTE
    }

    /** One edit. */
    record Edit(int number, Whose whose, long salt) {
    }

    static PlannerCase of(long seed) {
        Random random = new Random(seed);
        List<Edit> edits = new ArrayList<>();
        for (Whose whose : Whose.values()) {
            for (int i = random.nextInt(MOST); i > 0; i--) {
                edits.add(new Edit(edits.size(), whose, random.nextLong()));
            }
        }
        return new PlannerCase(seed, List.copyOf(edits));
    }

    ModelTree tree(Whose whose) {
        ModelTree tree = new ModelTree();
        for (Edit edit : edits) {
            if (edit.whose == Whose.AGREED || edit.whose == whose) {
                tree.edit(edit.salt);
            }
        }
        return tree;
    }

    PlannerCase with(List<Edit> some) {
        return new PlannerCase(seed, List.copyOf(some));
    }

    PlannerCase only(Set<Integer> numbers) {
        return with(edits.stream().filter(edit -> numbers.contains(edit.number)).toList());
    }

    /** Returns what replays it on the command line. */
    String replay() {
        return "-Dtidebox.seed=" + seed + " -Dtidebox.edits="
                + edits.stream().map(edit -> Integer.toString(edit.number)).collect(Collectors.joining(","));
    }
}
