package org.tidebox.checks.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import org.tidebox.checks.SourceTree;

/** Records what the exported packages of a checkout promise; a change needs a new version of its package. */
public final class ApiRecorder {
    private ApiRecorder() {
    }

    /**
     * Records.
     *
     * @param arguments
     *            the root of the checkout
     */
    public static void main(String[] arguments) throws IOException {
        record(new SourceTree(Path.of(arguments[0]).toAbsolutePath().normalize()));
    }

    /**
     * Records a tree.
     *
     * @throws IllegalStateException
     *             if a package changed under its old version; those before it are recorded
     */
    static void record(SourceTree tree) throws IOException {
        Baseline baseline = new Baseline(tree);
        SortedMap<String, Baseline.Api> current = baseline.current();
        for (Map.Entry<String, Baseline.Api> entry : current.entrySet()) {
            String name = entry.getKey();
            if (ApiBaselineCheck.isUnannounced(entry.getValue(), baseline.recorded(name))) {
                throw new IllegalStateException(
                        ApiBaselineCheck.difference(name, entry.getValue(), baseline.recorded(name))
                                + ". Raise the version of the package first");
            }
            baseline.record(name, entry.getValue());
        }
        for (String name : baseline.recorded()) {
            if (!current.containsKey(name)) {
                baseline.forget(name);
            }
        }
    }
}
