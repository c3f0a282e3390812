package org.tidebox.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfinedWriteCheckTest {
    private static final String WRITE = "class A { void a() { Files.delete(path); } }";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"Files.write(path, bytes);", "Files . writeString(path, text);", "Files.move(a, b);",
            "run(Files::delete);", "Files.deleteIfExists(path);", "Files.createDirectory(path);",
            "Files.createDirectories(path);", "Files.createLink(a, b);", "Files.createSymbolicLink(a, b);",
            "Files.createFile(path);", "Files.copy(a, b);", "Files.newOutputStream(path);",
            "Files.setLastModifiedTime(path, time);", "Files.setPosixFilePermissions(path, some);",
            "Files.setAttribute(path, name, value);", "FileChannel.open(path, StandardOpenOption.WRITE);",
            "FileChannel.open(path, READ, CREATE);", "FileChannel.open(path, options);",
            "Files.newByteChannel(path, Set.of(READ,\n WRITE));", "new FileOutputStream(name);",
            "new RandomAccessFile(name, mode);", "path.toFile().delete();", "PosixFileAttributeView view;",
            "UserDefinedFileAttributeView view = some(); view.write(name, value);",
            "path.getFileSystem().provider().delete(path);"})
    void findsWrite(String call) throws IOException {
        assertThat(check("org.tidebox.sync", "", "class A { void a() {", call, "}}")).isNotEmpty()
                .allSatisfy(found -> assertThat(found.line()).isEqualTo(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Files.readString(path);", "Files.list(path);", "Files.isDirectory(path);",
            "FileChannel.open(path, StandardOpenOption.READ);",
            "Files.newByteChannel(path, Set.of(READ, NOFOLLOW_LINKS));", "confined.delete(path);",
            "// Files.delete(path)", "UserDefinedFileAttributeView view = some(); view.read(name, value);",
            "path.getFileSystem().provider().readAttributesIfExists(path, type);"})
    void allows(String call) throws IOException {
        assertThat(check("org.tidebox.sync", "", "class A { void a() {", call, "}}")).isEmpty();
    }

    @Test
    void holdsForThoseWhoImportTheClassAndForNobodyElse() throws IOException {
        String imports = "Import-Package: org.tidebox.sync.confined;version=\"[1.0,2)\"";
        assertThat(check("org.tidebox.apps", imports, WRITE)).hasSize(1);
        assertThat(check("org.tidebox.mid", "", WRITE)).isEmpty();
        assertThat(check("org.tidebox.sync.tests", imports, WRITE)).isEmpty();
    }

    @Test
    void exemptsTheOneClassThatIsConfined() throws IOException {
        PlantedTree tree = new PlantedTree(folder).file(
                "bundles/org.tidebox.sync/src/org/tidebox/sync/confined/ConfinedRoot.java",
                "package org.tidebox.sync.confined;", WRITE);
        assertThat(tree.violations(new ConfinedWriteCheck())).isEmpty();
    }

    private List<Violation> check(String bundle, String header, String... lines) throws IOException {
        PlantedTree tree = new PlantedTree(folder.resolve(bundle)).file(PlantedTree.source(bundle, "A.java"),
                "package " + bundle + ";\n" + String.join("\n", lines));
        tree.manifest(bundle, "Bundle-SymbolicName: " + bundle, header);
        return tree.violations(new ConfinedWriteCheck());
    }
}
