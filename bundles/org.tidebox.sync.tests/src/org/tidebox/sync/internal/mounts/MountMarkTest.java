package org.tidebox.sync.internal.mounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tidebox.files.tests.disk.EveryCrash;
import org.tidebox.sync.confined.ConfinedRoot;
import org.tidebox.sync.internal.disk.Disk;

class MountMarkTest {
    private static final String DESCRIBED = "what the system says";

    @Test
    void crashLeavesNoMarkOrTheWholeOne() throws Exception {
        EveryCrash.during(folder -> {
        }, folder -> make(folder), (folder, done) -> {
            String left = mark(folder).read(folder, Map.of(folder, DESCRIBED));
            if (done || !left.equals(DESCRIBED)) {
                assertThat(left).matches("mark [0-9a-f]{32}");
            }
        });
    }

    private static String make(Path folder) throws IOException {
        return mark(folder).make(folder, Map.of(folder, DESCRIBED));
    }

    private static MountMark mark(Path folder) {
        ConfinedRoot confined = new ConfinedRoot(folder);
        return new MountMark(confined, new Disk(confined), new Random(1));
    }
}
