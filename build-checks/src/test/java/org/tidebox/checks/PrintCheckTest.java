package org.tidebox.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintCheckTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            org.tidebox.cli/src/org/tidebox/cli/internal/New.java | System.out.println(1);
            org.tidebox.cli/src/org/tidebox/cli/internal/New.java | new PrintWriter(out);
            org.tidebox.cli/src/org/tidebox/cli/internal/demo/New.java | PrintStream stream;
            org.tidebox.agent/src/org/tidebox/agent/New.java | System . err . print(1);
            org.tidebox.wire/src/org/tidebox/wire/New.java | e.printStackTrace();
            """)
    void findsPrinting(String file, String code) throws IOException {
        assertThat(check(file, code)).singleElement().satisfies(found -> assertThat(found.line()).isEqualTo(2));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            org.tidebox.cli/src/org/tidebox/cli/internal/text/Printer.java | PrintStream stream;
            org.tidebox.cli/src/org/tidebox/cli/internal/shell/Shell.java | System.out
            org.tidebox.cli.tests/src/org/tidebox/cli/internal/NewTest.java | System.out.println(1);
            org.tidebox.wire/src/org/tidebox/wire/New.java | PrintStream stream; // System.out
            """)
    void allows(String file, String code) throws IOException {
        assertThat(check(file, code)).isEmpty();
    }

    private List<Violation> check(String file, String code) throws IOException {
        return new PlantedTree(folder).file("bundles/" + file, "class A {\n" + code + "\n}")
                .violations(new PrintCheck());
    }
}
