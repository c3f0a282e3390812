package org.tidebox.memory.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a heap keeps of the machine, in a process of its own with the collector and the limits of the products. */
@Tag("Q3")
@Timeout(60)
class TightCollectionTest {
    private static final int MIB = 1 << 20;
    private static final int KEPT = 30;
    @TempDir
    Path folder;

    /** Uses 150 MiB, keeps 30, collects, and says how large the heap is then and how much may be free from then on. */
    static final class Program {
        private Program() {
        }

        public static void main(String[] arguments) {
            List<byte[]> all = new ArrayList<>();
            for (int i = 0; i < 5 * KEPT; i++) {
                all.add(new byte[MIB]);
            }
            all.subList(KEPT, all.size()).clear();
            TightCollection.run();
            HotSpotDiagnosticMXBean machine = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            System.out.println(Runtime.getRuntime().totalMemory() / MIB + " " + machine.getVMOption("MinHeapFreeRatio")
                    .getValue() + " " + machine.getVMOption("MaxHeapFreeRatio").getValue() + " " + all.size());
        }
    }

    @Test
    void theHeapKeepsLittleMoreThanIsInUseAndMayGrowAgain() throws Exception {
        copy(TightCollection.class);
        copy(Program.class);
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-Xmx256m", "-Xms32m",
                "-XX:MinHeapFreeRatio=70", "-XX:MaxHeapFreeRatio=90", "-XX:-ShrinkHeapInSteps", "-cp",
                folder.toString(), Program.class.getName()).redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said).matches("\\d+ 70 90 " + KEPT + "\\R");
        assertThat(Integer.parseInt(said.split(" ")[0])).isBetween(KEPT, 2 * KEPT);
    }

    private void copy(Class<?> type) throws Exception {
        String file = type.getName().replace('.', '/') + ".class";
        Files.createDirectories(folder.resolve(file).getParent());
        try (InputStream bytes = type.getClassLoader().getResourceAsStream(file)) {
            Files.copy(bytes, folder.resolve(file));
        }
    }
}
