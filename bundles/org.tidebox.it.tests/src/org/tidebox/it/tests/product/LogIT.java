package org.tidebox.it.tests.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.it.tests.scene.Products;

/** How the products' own settings of the log write what others chose. */
@Tag("P3")
class LogIT {
    private static final String PROGRAM = """
            public class Program {
                public static void main(String[] args) {
                    String text = "evil\\u001b[2J\\nFORGED\\u202e";
                    Thread.currentThread().setName("thread " + text);
                    var cause = new IllegalStateException("cause " + text);
                    var thrown = new RuntimeException("thrown " + text, cause);
                    thrown.addSuppressed(new RuntimeException("suppressed " + text));
                    org.slf4j.LoggerFactory.getLogger("test").warn("message {}", text, thrown);
                }
            }
            """;
    private static final String SHOWN = "evil\\x1b[2J\\x0aFORGED\\u202e";
    private static final List<String> BUNDLES = List.of("ch.qos.logback.classic_", "ch.qos.logback.core_",
            "org.tidebox.log_", "org.tidebox.tree_", "slf4j.api_");
    @TempDir
    Path temp;

    @Test
    void whatIsHiddenInAMessageAThreadOrAnExceptionIsWrittenOut() throws Exception {
        Path product = Products.server().getParent();
        Path source = Files.writeString(temp.resolve("Program.java"), PROGRAM);
        Path said = temp.resolve("said");
        Process program = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dlogback.configurationFile=" + product.resolve("etc").resolve("logback.xml"),
                "-Dtidebox.log=" + temp, "-cp", jars(product.resolve("plugins")), source.toString())
                .redirectErrorStream(true).redirectOutput(said.toFile()).start();
        assertThat(program.waitFor()).as(() -> read(said)).isZero();

        assertThat(read(said).lines()).containsExactly("WARN  message " + SHOWN);
        List<String> lines = read(temp.resolve("tidebox.log")).lines()
                .filter(line -> !line.matches("\\t+(at |\\.\\.\\. ).*")).toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).matches("\\d{4}-\\d\\d-\\d\\dT.*").contains("[thread " + SHOWN + "]")
                .endsWith("message " + SHOWN);
        assertThat(lines.get(1)).isEqualTo("java.lang.RuntimeException: thrown " + SHOWN);
        assertThat(lines.get(2)).isEqualTo("\tSuppressed: java.lang.RuntimeException: suppressed " + SHOWN);
        assertThat(lines.get(3)).isEqualTo("Caused by: java.lang.IllegalStateException: cause " + SHOWN);
    }

    private static String jars(Path plugins) throws IOException {
        try (Stream<Path> all = Files.list(plugins)) {
            return all.filter(jar -> BUNDLES.stream().anyMatch(jar.getFileName().toString()::startsWith))
                    .map(Path::toString).collect(Collectors.joining(System.getProperty("path.separator")));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
