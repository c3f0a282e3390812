package org.tidebox.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageSizeCheckTest {
    @TempDir
    Path folder;

    @Test
    void findsPackagesThatAreTooLargeAlsoOfTests() throws IOException {
        PlantedTree tree = new PlantedTree(folder);
        for (String bundle : new String[]{"org.tidebox.low", "org.tidebox.low.tests"}) {
            tree.manifest(bundle).file(PlantedTree.source(bundle, "package-info.java"), "package " + bundle + ";");
            for (int i = 1; i <= PackageSizeCheck.MOST; i++) {
                type(tree, bundle, i);
            }
        }
        assertThat(tree.violations(new PackageSizeCheck())).isEmpty();
        type(tree, "org.tidebox.low.tests", PackageSizeCheck.MOST + 1);
        assertThat(tree.violations(new PackageSizeCheck())).extracting(Violation::toString).containsExactly(
                "bundles/org.tidebox.low.tests/src/org/tidebox/low/tests: 41 classes in one package. Why: "
                        + PackageSizeCheck.WHY);
    }

    private static void type(PlantedTree tree, String bundle, int number) throws IOException {
        tree.file(PlantedTree.source(bundle, "Type" + number + ".java"), "package " + bundle + ";",
                "class Type" + number + " { }");
    }
}
