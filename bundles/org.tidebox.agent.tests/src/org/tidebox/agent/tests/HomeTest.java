package org.tidebox.agent.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.agent.Home;
import org.tidebox.agent.Platform;
import org.tidebox.agent.Platform.OperatingSystem;

@Tag("C6")
class HomeTest {
    @TempDir
    private Path folder;

    @Test
    void givenFolderWinsOverVariable() throws IOException {
        Path program = portableProgram();
        Home home = Home.locate(folder.resolve("given").toString(), program,
                Map.of(Home.VARIABLE, folder.resolve("variable").toString()),
                xdg());
        assertThat(home.root()).isEqualTo(folder.resolve("given"));
        assertThat(home.portable()).isFalse();
    }

    @Test
    void variableWinsOverPortableMarker() throws IOException {
        Home home = Home.locate(null, portableProgram(), Map.of(Home.VARIABLE, folder.resolve("variable").toString()),
                xdg());
        assertThat(home).isEqualTo(new Home(folder.resolve("variable"), false));
    }

    @Test
    void portableMarkerPutsHomeBesideProgram() throws IOException {
        Path program = portableProgram();
        assertThat(Home.locate(null, program, Map.of(), xdg())).isEqualTo(new Home(program.resolve("home"), true));
    }

    @Test
    void processStartedWithPortableHomeIsPortableToo() throws IOException {
        Path program = portableProgram();
        assertThat(Home.locate(program.resolve("home").toString(), program, Map.of(), xdg()).portable()).isTrue();
    }

    @Test
    void platformsKeepDataInTheirOwnPlaces() {
        assertThat(Home.locate(null, folder, Map.of(), xdg()).root()).isEqualTo(folder.resolve(".local/share/tidebox"));
        assertThat(Home.locate(null, folder, Map.of("XDG_DATA_HOME", "/data"), xdg()).root())
                .isEqualTo(Path.of("/data/tidebox"));
        assertThat(Home.locate(null, folder, Map.of("XDG_DATA_HOME", "relative"), xdg()).root())
                .isEqualTo(folder.resolve(".local/share/tidebox"));
        assertThat(Home.locate(null, folder, Map.of(), new Platform(OperatingSystem.MACOS, folder)).root())
                .isEqualTo(folder.resolve("Library/Application Support/Tidebox"));
        assertThat(
                Home.locate(null, folder, Map.of("APPDATA", "/roaming"), new Platform(OperatingSystem.WINDOWS, folder))
                        .root())
                .isEqualTo(Path.of("/roaming/Tidebox"));
    }

    @Test
    void homeIsForItsOwnerOnly() throws IOException {
        Home home = new Home(folder.resolve("a/home"), false);
        home.create();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.root()))).isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("a"))))
                .as("what is made on the way: its mode was set as it was made").isEqualTo("rwx------");
    }

    @Test
    void homeThatCannotBeMadeIsExplained() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        assertThatThrownBy(() -> new Home(file, false).create()).isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString()).hasMessageContaining("--home");
    }

    private Path portableProgram() throws IOException {
        Path program = Files.createDirectories(folder.resolve("program"));
        Files.writeString(program.resolve(Home.PORTABLE_MARKER), "");
        return program;
    }

    private Platform xdg() {
        return new Platform(OperatingSystem.XDG, folder);
    }
}
