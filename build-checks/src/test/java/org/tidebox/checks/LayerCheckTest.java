package org.tidebox.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerCheckTest {
    @TempDir
    Path folder;
    private PlantedTree tree;

    @BeforeEach
    void plant() throws IOException {
        tree = new PlantedTree(folder);
    }

    @Test
    void allowsOwnLayerAndLowerOnes() throws IOException {
        tree.bundle("org.tidebox.high", "org.tidebox.mid.Thing", "org.tidebox.low.part.Thing", "java.util.List",
                "static org.tidebox.high.internal.Other.make");
        assertThat(tree.violations(new LayerCheck())).isEmpty();
    }

    @Test
    void findsUpwardImportWithItsLine() throws IOException {
        tree.bundle("org.tidebox.low", "java.util.List", "static org.tidebox.mid.Thing.make");
        assertThat(tree.violations(new LayerCheck())).singleElement().satisfies(found -> {
            assertThat(found.file()).isEqualTo(Path.of(PlantedTree.source("org.tidebox.low", "Planted.java")));
            assertThat(found.line()).isEqualTo(3);
            assertThat(found.why()).isEqualTo(LayerCheck.UPWARD);
        });
    }

    @Test
    void findsUpwardRequirementInManifest() throws IOException {
        tree.bundle("org.tidebox.low").manifest("org.tidebox.low", "Bundle-SymbolicName: org.tidebox.low",
                "Import-Package: java.util;version=\"[1.0,2)\",org.tidebox.mid;version=\"[1.", " 0,2)\"",
                "Require-Bundle: org.tidebox.high");
        assertThat(tree.violations(new LayerCheck())).extracting(Violation::what)
                .containsExactly("needs org.tidebox.mid", "needs org.tidebox.high");
    }

    @Test
    void findsImportOfProviderByAnybodyButTests() throws IOException {
        tree.bundle("org.tidebox.high", "org.tidebox.mid.disk.Disk");
        tree.bundle("org.tidebox.high.tests", "org.tidebox.mid.disk.Disk");
        assertThat(tree.violations(new LayerCheck())).extracting(Violation::why).containsExactly(LayerCheck.PROVIDER);
    }

    @Test
    void findsImportOfAnotherBundlesInternals() throws IOException {
        tree.bundle("org.tidebox.high", "org.tidebox.mid.internal.Secret");
        tree.bundle("org.tidebox.high.tests", "org.tidebox.mid.internal.Secret");
        assertThat(tree.violations(new LayerCheck())).extracting(Violation::why).containsExactly(LayerCheck.INTERNAL,
                LayerCheck.INTERNAL);
    }

    @Test
    void allowsTestFragmentTheInternalsOfItsHost() throws IOException {
        tree.bundle("org.tidebox.mid.tests", "org.tidebox.mid.internal.Secret").manifest("org.tidebox.mid.tests",
                "Bundle-SymbolicName: org.tidebox.mid.tests", "Fragment-Host: org.tidebox.mid;bundle-version=\"0.1\"");
        assertThat(tree.violations(new LayerCheck())).isEmpty();
    }

    @Test
    void findsImportOfTestsByProductCode() throws IOException {
        tree.bundle("org.tidebox.high", "org.tidebox.mid.tests.Contract");
        assertThat(tree.violations(new LayerCheck())).extracting(Violation::why).containsExactly(LayerCheck.TESTS);
    }

    @Test
    void findsBundleWithoutLayer() throws IOException {
        tree.bundle("org.tidebox.news");
        assertThat(tree.violations(new LayerCheck())).extracting(Violation::why).containsExactly(LayerCheck.UNLISTED);
    }

    @Test
    void findsWrongSymbolicNameAndWrongPackage() throws IOException {
        tree.manifest("org.tidebox.mid", "Bundle-SymbolicName: org.tidebox.middle;singleton:=true");
        tree.file(PlantedTree.source("org.tidebox.mid", "Lost.java"), "package org.tidebox.low;");
        assertThat(tree.violations(new LayerCheck())).extracting(Violation::what)
                .containsExactly("symbolic name org.tidebox.middle", "package org.tidebox.low");
    }

    @Test
    void findsMissingManifest() throws IOException {
        tree.file(PlantedTree.source("org.tidebox.mid", "Thing.java"), "package org.tidebox.mid;");
        assertThat(tree.violations(new LayerCheck())).extracting(Violation::what).containsExactly("missing");
    }
}
