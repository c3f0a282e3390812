package org.tidebox.checks.api;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.tidebox.checks.Check;
import org.tidebox.checks.SourceTree;
import org.tidebox.checks.Violation;

/** An exported package that promises something else than what was recorded has another version. */
public final class ApiBaselineCheck implements Check {
    static final String CHANGED = "importers rely on the version of a package: raise it in package-info.java and in the"
            + " manifest, then record the API with " + Baseline.COMMAND;
    static final String RECORD = "the next change is compared with what is recorded; record the API with "
            + Baseline.COMMAND;

    @Override
    public List<Violation> run(SourceTree tree) throws IOException {
        Baseline baseline = new Baseline(tree);
        List<Violation> violations = new ArrayList<>();
        SortedMap<String, Baseline.Api> current = baseline.current();
        for (Map.Entry<String, Baseline.Api> entry : current.entrySet()) {
            String what = difference(entry.getKey(), entry.getValue(), baseline.recorded(entry.getKey()));
            if (!what.isEmpty()) {
                boolean changed = isUnannounced(entry.getValue(), baseline.recorded(entry.getKey()));
                violations.add(new Violation(tree.relative(baseline.file(entry.getKey())), 0, what,
                        changed ? CHANGED : RECORD));
            }
        }
        for (String name : baseline.recorded()) {
            if (!current.containsKey(name)) {
                violations.add(
                        new Violation(tree.relative(baseline.file(name)), 0, name + " is no longer exported", RECORD));
            }
        }
        return violations;
    }

    /** Returns whether a package promises something else and has the version that it had. */
    static boolean isUnannounced(Baseline.Api now, Optional<Baseline.Api> recorded) {
        return recorded.filter(old -> old.version().equals(now.version()) && !old.lines().equals(now.lines()))
                .isPresent();
    }

    /** Says how a package differs from what was recorded; empty if it does not. */
    static String difference(String name, Baseline.Api now, Optional<Baseline.Api> recorded) {
        if (recorded.isEmpty()) {
            return "nothing is recorded of " + name;
        }
        List<String> added = new ArrayList<>(now.lines());
        added.removeAll(recorded.get().lines());
        List<String> removed = new ArrayList<>(recorded.get().lines());
        removed.removeAll(now.lines());
        if (added.isEmpty() && removed.isEmpty() && recorded.get().version().equals(now.version())) {
            return "";
        }
        return name + " " + now.version() + " differs from the recorded " + recorded.get().version()
                + (added.isEmpty() ? "" : "; new: " + String.join(" · ", added))
                + (removed.isEmpty() ? "" : "; gone: " + String.join(" · ", removed));
    }
}
