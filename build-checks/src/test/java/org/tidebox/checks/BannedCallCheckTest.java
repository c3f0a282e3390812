package org.tidebox.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BannedCallCheckTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"Thread.sleep(5);", "java.lang.Thread . sleep(5);", "TimeUnit.SECONDS.sleep(1);",
            "Instant.now();", "run(Instant::now);", "long now = System.currentTimeMillis();",
            "run(System::currentTimeMillis);", "LocalDateTime.now();", "LocalDate.now(ZoneOffset.UTC);",
            "ZonedDateTime.now(ZoneId.systemDefault());", "Clock.systemUTC();", "Clock.systemDefaultZone();",
            "InstantSource.system();", "new Date();"})
    void findsCall(String call) throws IOException {
        assertThat(check("class A {", "void a() {", call, "}}")).singleElement()
                .satisfies(found -> assertThat(found.line()).isEqualTo(4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Instant.now(clock);", "LocalDateTime.now(clock);", "clock.instant();",
            "System.nanoTime();", "// Thread.sleep(5);", "/* Instant.now() */", "String s = \"Thread.sleep(5)\";",
            "new Date(5);", "Clock.fixed(i, z);", "sleep(5);", "char c = '\"'; char d = '\"';",
            "String s = \"\"\"\n Thread.sleep(1) \"quoted\"\n\"\"\";"})
    void allows(String call) throws IOException {
        assertThat(check("class A {", "void a() {", call, "}}")).isEmpty();
    }

    @Test
    void findsWildcardImports() throws IOException {
        assertThat(check("import java.util.*;", "import static java.util.List.*;")).extracting(Violation::what)
                .containsExactly("imports java.util.*", "imports java.util.List.*");
    }

    @Test
    void exemptsTheOneClassThatAsksTheMachine() throws IOException {
        PlantedTree tree = new PlantedTree(folder).file(
                "bundles/org.tidebox.feature/src/org/tidebox/feature/SystemTime.java", "package org.tidebox.feature;",
                "class SystemTime { Object a = InstantSource.system(); }");
        assertThat(tree.violations(new BannedCallCheck())).isEmpty();
    }

    private List<Violation> check(String... lines) throws IOException {
        PlantedTree tree = new PlantedTree(folder).file(PlantedTree.source("org.tidebox.mid.tests", "A.java"),
                "package org.tidebox.mid.tests;\n" + String.join("\n", lines));
        return tree.violations(new BannedCallCheck());
    }
}
