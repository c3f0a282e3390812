package org.tidebox.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CircleCheckTest {
    private static final Check CHECK = new CircleCheck();

    @TempDir
    Path folder;
    private PlantedTree tree;

    @BeforeEach
    void plant() throws IOException {
        tree = new PlantedTree(folder).bundle("org.tidebox.low");
    }

    @Test
    void findsPackagesThatImportEachOther() throws IOException {
        type("low/a/A.java", "org.tidebox.low.a", "org.tidebox.low.b.B");
        type("low/b/B.java", "org.tidebox.low.b", "static org.tidebox.low.a.A.CONSTANT");
        assertThat(tree.violations(CHECK)).extracting(Violation::what).containsExactly(
                "imports org.tidebox.low.b.B, which makes a circle of packages:"
                        + " org.tidebox.low.a -> org.tidebox.low.b -> … -> org.tidebox.low.a",
                "imports org.tidebox.low.a.A.CONSTANT, which makes a circle of packages:"
                        + " org.tidebox.low.b -> org.tidebox.low.a -> … -> org.tidebox.low.b");
    }

    @Test
    void findsLongCirclesAndNothingBesideThem() throws IOException {
        type("low/a/A.java", "org.tidebox.low.a", "org.tidebox.low.b.B");
        type("low/b/B.java", "org.tidebox.low.b", "org.tidebox.low.c.C", "org.tidebox.low.d.D");
        type("low/c/C.java", "org.tidebox.low.c", "org.tidebox.low.a.A.Nested");
        type("low/d/D.java", "org.tidebox.low.d", "java.util.List");
        assertThat(tree.violations(CHECK)).hasSize(3).noneMatch(found -> found.what().contains("low.d.D"));
    }

    @Test
    void letsAPackageAndWhatItHidesKnowEachOther() throws IOException {
        type("low/A.java", "org.tidebox.low", "org.tidebox.low.internal.B");
        type("low/internal/B.java", "org.tidebox.low.internal", "org.tidebox.low.A");
        assertThat(tree.violations(CHECK)).isEmpty();
        type("low/internal/C.java", "org.tidebox.low.internal", "org.tidebox.low.internal.room.D");
        type("low/internal/room/D.java", "org.tidebox.low.internal.room", "org.tidebox.low.A");
        assertThat(tree.violations(CHECK)).hasSize(3);
    }

    @Test
    void findsBundlesThatImportEachOther() throws IOException {
        tree.bundle("org.tidebox.mid", "org.tidebox.high.Planted").bundle("org.tidebox.high",
                "org.tidebox.mid.Planted");
        assertThat(tree.violations(CHECK)).hasSize(2)
                .allSatisfy(found -> assertThat(found.what()).contains("circle of bundles"));
    }

    private void type(String file, String packageName, String... imports) throws IOException {
        StringBuilder text = new StringBuilder("package " + packageName + ";\n");
        for (String one : imports) {
            text.append("import ").append(one).append(";\n");
        }
        tree.file("bundles/org.tidebox.low/src/org/tidebox/" + file, text + "class Planted { }");
    }
}
