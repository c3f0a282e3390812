package org.tidebox.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProductCheckTest {
    @TempDir
    Path folder;
    private PlantedTree tree;

    @BeforeEach
    void plant() throws IOException {
        tree = new PlantedTree(folder).bundle("org.tidebox.low").bundle("org.tidebox.mid")
                .bundle("org.tidebox.mid.tests");
        tree.file("features/org.tidebox.base.feature/feature.xml",
                "<feature id=\"org.tidebox.base.feature\" label=\"Base\"><plugin id=\"org.tidebox.low\"/></feature>");
        tree.file("features/org.tidebox.all.feature/feature.xml",
                "<feature id=\"org.tidebox.all.feature\" label=\"All\">",
                "<includes id=\"org.tidebox.base.feature\"/><plugin id=\"org.tidebox.mid\"/></feature>");
    }

    @Test
    void acceptsProductThatStartsAllItsBundles() throws IOException {
        product("<plugin id=\"org.tidebox.low\" autoStart=\"true\"/>",
                "<plugin id=\"org.tidebox.mid\" autoStart=\"true\"/>");
        assertThat(tree.violations(new ProductCheck())).isEmpty();
    }

    @Test
    void findsBundleOfAnIncludedFeatureThatIsNotStarted() throws IOException {
        product("<plugin id=\"org.tidebox.mid\" autoStart=\"true\"/>",
                "<plugin id=\"org.tidebox.low\" autoStart=\"false\"/>");
        assertThat(tree.violations(new ProductCheck())).extracting(Violation::what)
                .containsExactly("does not start org.tidebox.low");
    }

    @Test
    void acceptsFragmentThatIsNotStarted() throws IOException {
        product("<plugin id=\"org.tidebox.low\" autoStart=\"true\"/>");
        tree.file("bundles/org.tidebox.mid/META-INF/MANIFEST.MF", "Bundle-SymbolicName: org.tidebox.mid",
                "Fragment-Host: org.tidebox.low", "");
        assertThat(tree.violations(new ProductCheck())).isEmpty();
    }

    @Test
    void findsBundleInNoProduct() throws IOException {
        product("<plugin id=\"org.tidebox.low\" autoStart=\"true\"/>",
                "<plugin id=\"org.tidebox.mid\" autoStart=\"true\"/>");
        tree.bundle("org.tidebox.high");
        assertThat(tree.violations(new ProductCheck())).extracting(Violation::why)
                .containsExactly(ProductCheck.SHIPPED);
    }

    private void product(String... started) throws IOException {
        tree.file("all-product/all.product", "<product><features><feature id=\"org.tidebox.all.feature\"/></features>",
                String.join("\n", started), "</product>");
    }
}
