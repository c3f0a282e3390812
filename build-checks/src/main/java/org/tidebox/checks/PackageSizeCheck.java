package org.tidebox.checks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A package holds at most {@value #MOST} classes, those of tests too; nested ones do not count. */
public final class PackageSizeCheck implements Check {
    static final int MOST = 40;
    static final String WHY = "a newcomer cannot tell what a package of more than " + MOST
            + " classes is for; split it by subject";

    @Override
    public List<Violation> run(SourceTree tree) throws IOException {
        List<Violation> violations = new ArrayList<>();
        for (Bundle bundle : tree.bundles()) {
            Map<Path, Integer> sizes = new TreeMap<>();
            for (JavaSource source : bundle.sources()) {
                if (!source.file().endsWith("package-info.java")) {
                    sizes.merge(source.file().getParent(), 1, Integer::sum);
                }
            }
            sizes.forEach((folder, size) -> {
                if (size > MOST) {
                    violations.add(new Violation(folder, 0, size + " classes in one package", WHY));
                }
            });
        }
        return violations;
    }
}
