package org.tidebox.model.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.model.Configuration;
import org.tidebox.model.ModelException;
import org.tidebox.model.ModelFile;

/** The configuration survives what happens to files. */
@Tag("D3")
class ModelFileTest {
    private static final String ASIDE = "configuration-damaged-20261126-000000.xmi";

    @TempDir
    Path home;

    private ModelFile file;

    @BeforeEach
    void use() {
        file = new ModelFile(home.resolve(ModelFile.NAME),
                InstantSource.fixed(Instant.parse("2026-11-26T00:00:00Z")));
    }

    @Test
    void nothingConfiguredIsAnEmptyConfigurationAndMakesNoFile() throws ModelException, IOException {
        assertThat(file.load().configuration().getFolders()).isEmpty();
        assertThat(file.load().notice()).isEmpty();
        assertThat(names()).isEmpty();
    }

    @Test
    void whatWasSavedIsRead() throws ModelException, IOException {
        file.save(Samples.configuration());
        assertIsSample(file.load().configuration());
        assertThat(file.load().notice()).isEmpty();
        assertThat(Files.readString(file.path())).contains("formatVersion=\"1\"", "condition=\"type documents\"",
                "otherwise=\"ask\"");
    }

    @Test
    void cutFileIsKeptAsideAndTheGoodCopyIsUsed() throws ModelException, IOException {
        file.save(Samples.configuration());
        byte[] whole = Files.readAllBytes(file.path());
        // Without its last line break it is still whole.
        for (int length = 0; length < whole.length - 1; length += 23) {
            Files.write(file.path(), Arrays.copyOf(whole, length));
            ModelFile.Loaded loaded = file.load();
            assertIsSample(loaded.configuration());
            assertThat(loaded.notice()).get().asString().contains("kept as " + ASIDE, "last good copy is used");
            assertThat(Files.readAllBytes(file.path())).isEqualTo(whole);
            assertThat(Files.size(home.resolve(ASIDE))).isEqualTo(length);
            Files.delete(home.resolve(ASIDE));
        }
    }

    @Test
    void filesKeptAsideDoNotReplaceEachOther() throws ModelException, IOException {
        file.save(Samples.configuration());
        for (int i = 0; i < 2; i++) {
            Files.writeString(file.path(), "no XML");
            file.load();
        }
        assertThat(names()).contains(ASIDE, ASIDE + "-2");
    }

    @Test
    void fileOfNewerProgramIsKeptAsideAndToldWithItsVersion() throws ModelException, IOException {
        file.save(Samples.configuration());
        String newer = Files.readString(file.path()).replace("formatVersion=\"1\"", "formatVersion=\"2\" what=\"new\"");
        Files.writeString(file.path(), newer);
        ModelFile.Loaded loaded = file.load();
        assertIsSample(loaded.configuration());
        assertThat(loaded.notice()).get().asString().contains("version 2", "up to 1");
        assertThat(home.resolve(ASIDE)).hasContent(newer);
    }

    /** There never was such a version; saved again, the file would not say any and could not be read any more. */
    @Test
    void versionBeforeTheFirstIsDamage() throws ModelException, IOException {
        for (String version : new String[]{"0", "-1"}) {
            file.save(Samples.configuration());
            Files.writeString(file.path(), Files.readString(file.path()).replace("formatVersion=\"1\"",
                    "formatVersion=\"" + version + "\""));
            ModelFile.Loaded loaded = file.load();
            assertIsSample(loaded.configuration());
            assertThat(loaded.notice()).get().asString().contains("version " + version);
        }
    }

    @Test
    void lostFileComesBackFromTheGoodCopy() throws ModelException, IOException {
        file.save(Samples.configuration());
        Files.delete(file.path());
        ModelFile.Loaded loaded = file.load();
        assertIsSample(loaded.configuration());
        assertThat(loaded.notice()).get().asString().contains("was missing");
        assertThat(file.path()).exists();
    }

    @Test
    void damagedFileWithoutGoodCopyStaysAndIsAnError() throws IOException {
        Files.writeString(file.path(), "<half");
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(ModelException.class).isThrownBy(file::load)
                    .withMessageContaining("no good copy").matches(ModelException::isPermanent)
                    .matches(e -> e.file().equals(file.path()));
        }
        assertThat(file.path()).hasContent("<half");
    }

    @Test
    void otherXmlIsNotTaken() throws ModelException, IOException {
        file.save(Samples.configuration());
        for (String other : List.of("<a formatVersion=\"1\"/>", "<a/>",
                "<!DOCTYPE a SYSTEM \"file:///a\"><a formatVersion=\"1\"/>",
                Files.readString(file.path()).replace("condition", "kondition"))) {
            Files.writeString(file.path(), other);
            assertThat(file.load().notice()).as(other).isPresent();
        }
    }

    @Test
    void whatCannotBeWrittenLeavesTheOldOne() throws ModelException, IOException {
        file.save(Samples.configuration());
        Files.delete(home.resolve("configuration-good-1.xmi"));
        Files.createDirectories(home.resolve("configuration-good-1.xmi/in the way"));
        byte[] old = Files.readAllBytes(file.path());
        assertThatExceptionOfType(ModelException.class).isThrownBy(() -> file.save(ModelFile.empty()))
                .withMessageContaining(file.path().toString()).matches(e -> !e.isPermanent());
        assertThat(Files.readAllBytes(file.path())).isEqualTo(old);
    }

    private static void assertIsSample(Configuration configuration) {
        assertThat(EcoreUtil.equals(configuration, Samples.configuration())).isTrue();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            return files.map(found -> found.getFileName().toString()).sorted().toList();
        }
    }
}
