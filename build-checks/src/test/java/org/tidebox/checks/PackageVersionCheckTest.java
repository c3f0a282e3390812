package org.tidebox.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageVersionCheckTest {
    private static final String NAME = "org.tidebox.mid";

    @TempDir
    Path folder;
    private PlantedTree tree;

    @BeforeEach
    void plant() throws IOException {
        tree = new PlantedTree(folder).bundle(NAME).manifest(NAME, "Bundle-SymbolicName: " + NAME,
                "Export-Package: org.tidebox.mid;version=\"1.2.0\";x-internal:=true");
    }

    @Test
    void acceptsDescribedPackage() throws IOException {
        info("/** What it is for. */", "@org.osgi.annotation.versioning.Version(\"1.2.0\")",
                "package org.tidebox.mid;");
        assertThat(tree.violations(new PackageVersionCheck())).isEmpty();
    }

    @Test
    void findsMissingVersion() throws IOException {
        info("/** What it is for. */", "package org.tidebox.mid;");
        assertThat(tree.violations(new PackageVersionCheck())).extracting(Violation::why)
                .containsExactly(PackageVersionCheck.WHY);
    }

    @Test
    void findsMissingPackageInfo() throws IOException {
        assertThat(tree.violations(new PackageVersionCheck())).extracting(Violation::why)
                .containsExactly(PackageVersionCheck.ROOT, PackageVersionCheck.WHY);
    }

    @Test
    void findsManifestWithAnotherVersion() throws IOException {
        info("/** What it is for. */", "@Version(\"1.3.0\")", "package org.tidebox.mid;");
        assertThat(tree.violations(new PackageVersionCheck())).extracting(Violation::why)
                .containsExactly(PackageVersionCheck.SAME);
    }

    @Test
    void findsExportOfInternalPackage() throws IOException {
        info("/** What it is for. */", "package org.tidebox.mid;");
        tree.manifest(NAME, "Bundle-SymbolicName: " + NAME,
                "Export-Package: org.tidebox.mid.internal;version=\"1.0.0\"");
        assertThat(tree.violations(new PackageVersionCheck())).extracting(Violation::why)
                .containsExactly(PackageVersionCheck.INTERNAL);
    }

    private void info(String... lines) throws IOException {
        tree.file(PlantedTree.source(NAME, "package-info.java"), lines);
    }
}
