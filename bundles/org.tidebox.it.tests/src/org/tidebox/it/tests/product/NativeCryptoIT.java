package org.tidebox.it.tests.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.it.tests.scene.Products;
import org.tidebox.it.tests.scene.Trees;
import org.tidebox.it.tests.scene.TwoDevices;

/** Encryption and hashes of the products: native where that is possible, the JDK's elsewhere, and how Java is told. */
@EnabledOnOs(OS.LINUX)
class NativeCryptoIT {
    private static final String NATIVE = "AES-GCM and SHA-256 are those of AmazonCorrettoCryptoProvider";
    private static final String JDK = "AES-GCM and SHA-256 are those of the JDK";

    @TempDir
    Path temp;

    @Test
    @Tag("C1")
    void aDeviceWithTheOneAndADeviceWithTheOtherKeepAFolderTheSame() throws Exception {
        try (TwoDevices scene = TwoDevices.start(temp, List.of("env", "TIDEBOX_CRYPTO=jdk"))) {
            assertThat(log(scene.server.data())).contains(NATIVE);
            assertThat(log(scene.laptop.home())).contains(JDK).doesNotContain(NATIVE);
            assertThat(log(scene.desktop.home())).contains(NATIVE);
            byte[] bytes = new byte[3_000_000];
            new Random(1).nextBytes(bytes);
            Files.write(scene.laptop.folder().resolve("from laptop"), bytes);
            Files.write(scene.desktop.folder().resolve("from desktop"), Arrays.copyOf(bytes, 2_000_000));
            scene.settle();
            Trees.assertSame(scene.laptop.folder(), scene.desktop.folder());
        }
    }

    @Test
    @Tag("P5")
    void theStartScriptLetsJavaCompileWellWhereEncryptionIsItsOwn() throws Exception {
        assertThat(options("LIBC=\"gnu\"", "native")).isEqualTo("jvm.options");
        assertThat(options("LIBC=\"gnu\"", "jdk")).isEqualTo("jvm-jdk.options");
        assertThat(options("LIBC=\"musl\"", "native")).as("another C library").isEqualTo("jvm-jdk.options");
        assertThat(options("BUILD_TYPE=\"commercial\"", "native")).as("only signed ones").isEqualTo("jvm-jdk.options");
    }

    private static String log(Path state) throws IOException {
        try (Stream<Path> files = Files.list(state.resolve("log"))) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        }
    }

    /** Starts a server with a Java that only writes down how it is called: once to run, once to archive its classes. */
    private String options(String release, String crypto) throws Exception {
        Path folder = Files.createTempDirectory(temp, "start");
        Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, """
                #!/bin/sh
                echo "$1" >> "$0.calls"
                for option; do
                    case $option in -XX:SharedArchiveFile=*) : > "${option#*=}" ;; esac
                done
                """);
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n" + release + "\n");
        Map<String, String> environment = Map.of("JAVA_HOME", folder.resolve("jdk").toString(), "TIDEBOX_CRYPTO",
                crypto,
                "XDG_CACHE_HOME", folder.resolve("cache").toString());
        Products.run(Products.server(), environment, "", List.of("server", "run", "--data", folder + "/data"));
        await().until(
                () -> Files.readAllLines(java.resolveSibling("java.calls")).size() == 2 && making(folder).length == 0);
        List<String> named = Files.readAllLines(java.resolveSibling("java.calls")).stream()
                .map(call -> Path.of(call).getFileName().toString()).distinct().toList();
        assertThat(named).as("the same to run and to archive").hasSize(1);
        return named.getFirst();
    }

    private static String[] making(Path folder) {
        String[] names = folder.resolve("cache/tidebox").toFile().list();
        return names == null
                ? new String[0]
                : Arrays.stream(names).filter(name -> name.endsWith(".making")).toArray(String[]::new);
    }
}
