package org.tidebox.model.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.files.tests.disk.EveryCrash;
import org.tidebox.model.Configuration;
import org.tidebox.model.FolderRules;
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

    /** The other file would be asked for over the network; nobody is. */
    @Test
    @Timeout(60)
    void nothingOutsideOfTheFileIsLookedUp() throws ModelException, IOException {
        try (ServerSocketChannel elsewhere = ServerSocketChannel.open()) {
            elsewhere.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).configureBlocking(false);
            String url = "http://127.0.0.1:" + elsewhere.socket().getLocalPort() + "/x";
            for (String[] change : new String[][]{{"<\\?xml[^>]*>", "$0<!DOCTYPE a SYSTEM \"" + url + "\">"},
                    {"formatVersion", "xmlns:x=\"urn:x\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                            + " xsi:schemaLocation=\"urn:x " + url + "\" formatVersion"},
                    {"<folders", "<x:a xmlns:x=\"" + url + "\"/><folders"},
                    {"<folders",
                            "<folders xmlns:x=\"" + url + "\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                                    + " xsi:type=\"x:Other\"/><folders"},
                    {"<folders", "<folders href=\"" + url + "#/\"/><folders"}}) {
                file.save(Samples.configuration());
                Files.writeString(file.path(), Files.readString(file.path()).replaceFirst(change[0], change[1]));
                file.load().configuration().getFolders().forEach(FolderRules::getUpload);
                assertThat(elsewhere.accept()).as(change[1]).isNull();
            }
        }
    }

    /** The parser of the JDK has no text for this mistake, and says that instead (JDK 25: InvalidCharInDTD). */
    @Test
    void whatTheParserCannotNameIsDamage() throws ModelException, IOException {
        file.save(Samples.configuration());
        Files.writeString(file.path(), "<!DOCTYPE a [<!ENTITY e SYSTEM \"fi\0e:/x\">]>\n<a formatVersion=\"1\"/>");
        ModelFile.Loaded loaded = file.load();
        assertIsSample(loaded.configuration());
        assertThat(loaded.notice()).isPresent();
    }

    @Test
    void bytesThatAreNoTextAreDamage() throws ModelException, IOException {
        file.save(Samples.configuration());
        byte[] text = Files.readAllBytes(file.path());
        text[text.length - 20] = (byte) 0xff;
        Files.write(file.path(), text);
        ModelFile.Loaded loaded = file.load();
        assertIsSample(loaded.configuration());
        assertThat(loaded.notice()).get().asString().contains("it is not text in UTF-8");
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
    void crashLeavesTheOldOrTheNewConfiguration() throws Exception {
        EveryCrash.during(folder -> at(folder).save(ModelFile.empty()), folder -> at(folder).save(Samples
                .configuration()), (folder, done) -> {
                    ModelFile.Loaded loaded = at(folder).load();
                    assertThat(loaded.notice()).isEmpty();
                    if (done || !loaded.configuration().getFolders().isEmpty()) {
                        assertIsSample(loaded.configuration());
                    }
                });
    }

    private static ModelFile at(Path folder) {
        return new ModelFile(folder.resolve(ModelFile.NAME), InstantSource.fixed(Instant.EPOCH));
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
