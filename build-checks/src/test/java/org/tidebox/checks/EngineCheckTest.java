package org.tidebox.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineCheckTest {
    @TempDir
    Path folder;

    @Test
    void findsFrameworkNetworkAndDatabaseInEngines() throws IOException {
        PlantedTree tree = new PlantedTree(folder).bundle("org.tidebox.low", "org.osgi.framework.Bundle",
                "java.net.http.HttpClient", "java.sql.Connection", "org.eclipse.swt.SWT");
        assertThat(tree.violations(new EngineCheck())).hasSize(4)
                .allSatisfy(found -> assertThat(found.why()).isEqualTo(EngineCheck.WHY));
    }

    @Test
    void findsFrameworkInManifestOfEngine() throws IOException {
        PlantedTree tree = new PlantedTree(folder).bundle("org.tidebox.low").manifest("org.tidebox.low",
                "Bundle-SymbolicName: org.tidebox.low", "Import-Package: javax.sql,org.slf4j,org.osgi.service.cm");
        assertThat(tree.violations(new EngineCheck())).extracting(Violation::what)
                .containsExactly("engine needs javax.sql", "engine needs org.osgi.service.cm");
    }

    @Test
    void allowsAnnotationsOfComponentShells() throws IOException {
        PlantedTree tree = new PlantedTree(folder).bundle("org.tidebox.low", "org.osgi.annotation.versioning.Version",
                "org.osgi.service.component.annotations.Component", "java.util.List", "org.slf4j.Logger");
        assertThat(tree.violations(new EngineCheck())).isEmpty();
    }

    @Test
    void allowsServicesOfTheFrameworkToComponentShellsOnly() throws IOException {
        PlantedTree tree = new PlantedTree(folder).bundle("org.tidebox.low", "org.osgi.framework.ServiceReference",
                "org.osgi.service.component.annotations.Component");
        assertThat(tree.violations(new EngineCheck())).isEmpty();
        tree.bundle("org.tidebox.low", "org.osgi.framework.ServiceReference");
        assertThat(tree.violations(new EngineCheck())).hasSize(1);
    }

    @Test
    void leavesOtherBundlesAlone() throws IOException {
        PlantedTree tree = new PlantedTree(folder).bundle("org.tidebox.mid.disk", "java.sql.Connection");
        assertThat(tree.violations(new EngineCheck())).isEmpty();
    }
}
