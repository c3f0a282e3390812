package org.tidebox.checks.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The generated sources that are checked in are those of the model that is checked in. */
class ModelSourcesTest {
    private static final Path BUNDLE = Path.of(System.getProperty("tidebox.root", "..")).toAbsolutePath().normalize()
            .resolve("bundles").resolve(ModelGenerator.BUNDLE);

    @TempDir
    Path fresh;

    @Test
    void generatedSourcesAreUpToDate() throws IOException {
        copy(BUNDLE.resolve("model"), fresh.resolve("model"));
        ModelGenerator.generate(fresh);
        Map<String, String> expected = sources(fresh);
        assertThat(expected).isNotEmpty();
        assertThat(sources(BUNDLE)).as("src-gen; generate it with ./mvnw -q compile exec:java -pl build-checks")
                .isEqualTo(expected);
    }

    @Test
    void changeOfTheModelIsSeen() throws IOException {
        copy(BUNDLE.resolve("model"), fresh.resolve("model"));
        Path ecore = fresh.resolve("model/tidebox.ecore");
        Files.writeString(ecore, Files.readString(ecore).replace("name=\"otherwise\"", "name=\"else\""));
        ModelGenerator.generate(fresh);
        assertThat(sources(BUNDLE)).isNotEqualTo(sources(fresh));
    }

    private static void copy(Path from, Path to) throws IOException {
        for (Path file : ModelGenerator.files(from)) {
            Files.copy(file, to.resolve(from.relativize(file)));
        }
    }

    private static Map<String, String> sources(Path bundle) throws IOException {
        Map<String, String> sources = new TreeMap<>();
        for (Path file : ModelGenerator.files(bundle.resolve(ModelGenerator.SOURCES))) {
            if (Files.isRegularFile(file)) {
                sources.put(bundle.relativize(file).toString(), Files.readString(file));
            }
        }
        return sources;
    }
}
