package org.tidebox.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiTypeCheckTest {
    private static final String LOW = "org.tidebox.low";

    @TempDir
    Path folder;

    @Test
    void findsExportedInterfacesThatDoNotSayWhoImplementsThem() throws IOException {
        PlantedTree tree = planted("public interface Outer {", "}", "class Other {", "    @FunctionalInterface",
                "    public interface Nested { }", "}");
        assertThat(tree.violations(new ApiTypeCheck())).extracting(Violation::what).containsExactly(
                "exports interface Outer without @ProviderType or @ConsumerType",
                "exports interface Nested without @ProviderType or @ConsumerType");
    }

    @Test
    void acceptsBothAnnotationsAmongOthers() throws IOException {
        PlantedTree tree = planted("@ProviderType", "public sealed interface Outer {", "}", "class Other {",
                "    /** What it is. */", "    @ConsumerType", "    @FunctionalInterface",
                "    public interface Nested { }", "}");
        assertThat(tree.violations(new ApiTypeCheck())).isEmpty();
    }

    @Test
    void leavesClassesAnnotationsAndHiddenInterfacesAlone() throws IOException {
        PlantedTree tree = planted("public @interface Marked { }", "interface Hidden { }", "public class Type {", "}",
                "// public interface Comment");
        tree.file(PlantedTree.source(LOW, "internal/Hidden.java"), "package " + LOW + ".internal;",
                "public interface Hidden { }");
        assertThat(tree.violations(new ApiTypeCheck())).isEmpty();
    }

    private PlantedTree planted(String... lines) throws IOException {
        return new PlantedTree(folder)
                .manifest(LOW, "Bundle-SymbolicName: " + LOW, "Export-Package: " + LOW + ";version=\"1.0.0\"")
                .file(PlantedTree.source(LOW, "Outer.java"), "package " + LOW + ";", String.join("\n", lines));
    }
}
