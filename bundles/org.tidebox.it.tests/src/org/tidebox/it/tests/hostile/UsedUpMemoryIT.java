package org.tidebox.it.tests.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.it.tests.scene.Products;

/** A server that cannot get memory ends by itself, with the code that tells a service manager to start it again. */
@Tag("P3")
class UsedUpMemoryIT {
    private static final int USED_UP = 3;
    @TempDir
    Path temp;

    @Test
    void aServerWithoutMemoryEnds() throws Exception {
        Products.Said said = Products.run(Products.server(), Map.of("TIDEBOX_JAVA_OPTIONS", "-Xms8m -Xmx12m"), "",
                List.of("server", "run", "--data", temp.resolve("data").toString(), "--host", "127.0.0.1", "--port",
                        "0"));
        assertThat(said.exit()).as(said.err()).isEqualTo(USED_UP);
    }
}
