package org.tidebox.checks.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.checks.SourceTree;
import org.tidebox.checks.Violation;

class ApiBaselineCheckTest {
    private static final String BUNDLE = "bundles/org.tidebox.low/";

    @TempDir
    Path root;

    @BeforeEach
    void plant() throws IOException {
        version("1.0.0");
        type("    public int size() { return 1; }");
        ApiRecorder.record(new SourceTree(root));
    }

    @Test
    void acceptsWhatWasRecorded() throws IOException {
        assertThat(violations()).isEmpty();
        assertThat(Files.readAllLines(root.resolve("build-checks/api/org.tidebox.low.txt")))
                .containsExactly("version 1.0.0", "Type: public class Type", "Type: public int size()");
    }

    @Test
    void acceptsWhatChangesNoPromise() throws IOException {
        type("    private int other;", "    /** How many. */", "    @Override", "    public int size() {",
                "        return other + 2;", "    }", "    int hidden() { return 0; }");
        assertThat(violations()).isEmpty();
    }

    @Test
    void findsAChangeUnderTheSameVersion() throws IOException {
        type("    public long size() { return 1; }");
        assertThat(violations()).singleElement().satisfies(found -> {
            assertThat(found.what()).isEqualTo("org.tidebox.low 1.0.0 differs from the recorded 1.0.0;"
                    + " new: Type: public long size(); gone: Type: public int size()");
            assertThat(found.why()).isEqualTo(ApiBaselineCheck.CHANGED);
        });
        assertThatThrownBy(() -> ApiRecorder.record(new SourceTree(root)))
                .hasMessageContaining("Raise the version of the package first");
    }

    @Test
    void wantsAChangeUnderANewVersionRecorded() throws IOException {
        version("1.1.0");
        type("    public int size() { return 1; }", "    public int weight() { return 1; }");
        assertThat(violations()).singleElement().extracting(Violation::why).isEqualTo(ApiBaselineCheck.RECORD);
        ApiRecorder.record(new SourceTree(root));
        assertThat(violations()).isEmpty();
    }

    @Test
    void wantsNewAndRemovedPackagesRecorded() throws IOException {
        Files.delete(root.resolve("build-checks/api/org.tidebox.low.txt"));
        assertThat(violations()).extracting(Violation::what).containsExactly("nothing is recorded of org.tidebox.low");
        ApiRecorder.record(new SourceTree(root));
        write(BUNDLE + "META-INF/MANIFEST.MF", "Manifest-Version: 1.0", "");
        assertThat(violations()).extracting(Violation::what).containsExactly("org.tidebox.low is no longer exported");
        ApiRecorder.record(new SourceTree(root));
        assertThat(violations()).isEmpty();
    }

    @Test
    void readsEveryKindOfType() throws IOException {
        write(BUNDLE + "src/org/tidebox/low/Type.java", "package org.tidebox.low;",
                "public sealed interface Type<T extends Comparable<T>> extends Runnable permits Type.Two {",
                "    int MOST = 3;",
                "    <E extends Exception> void act(java.util.List<? super T> all, int... n) throws E;",
                "    private void hidden() { }",
                "    record Two<T extends Comparable<T>>(T one, int two) implements Type<T> {",
                "        public Two { }", "        public static final int LEAST = 1;",
                "        protected enum Kind { ONE, TWO }", "        @interface Hidden { }", "    }", "}",
                "class Hidden { public int none; }");
        assertThat(Signatures.of(List.of(root.resolve(BUNDLE + "src/org/tidebox/low/Type.java")))).containsExactly(
                "Type.Two.Kind: protected enum Kind", "Type.Two.Kind: public static final Kind ONE",
                "Type.Two.Kind: public static final Kind TWO", "Type.Two: public static final int LEAST",
                "Type.Two: record Two<T extends Comparable<T>>(T one, int two) implements Type<T>",
                "Type: <E extends Exception> void act(java.util.List<? super T>, int[]) throws E", "Type: int MOST",
                "Type: public sealed interface Type<T extends Comparable<T>> extends Runnable permits Type.Two");
    }

    private List<Violation> violations() throws IOException {
        return new ApiBaselineCheck().run(new SourceTree(root));
    }

    private void version(String version) throws IOException {
        write(BUNDLE + "META-INF/MANIFEST.MF", "Manifest-Version: 1.0",
                "Export-Package: org.tidebox.low;version=\"" + version + "\"", "");
    }

    private void type(String... members) throws IOException {
        write(BUNDLE + "src/org/tidebox/low/Type.java", "package org.tidebox.low;", "public class Type {",
                String.join("\n", members), "}");
    }

    private void write(String name, String... lines) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, String.join("\n", lines));
    }
}
