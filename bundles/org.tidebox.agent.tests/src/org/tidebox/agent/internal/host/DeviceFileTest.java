package org.tidebox.agent.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tidebox.files.tests.disk.EveryCrash;

class DeviceFileTest {
    private static final DeviceFile.Contents OLD = new DeviceFile.Contents(Map.of("name", "laptop"), List.of());
    private static final DeviceFile.Contents NEW = new DeviceFile.Contents(Map.of("name", "desktop"), List.of());

    @Test
    void crashLeavesTheOldOrTheNewCopy() throws Exception {
        EveryCrash.during(folder -> file(folder).write(OLD), folder -> file(folder).write(NEW), (folder, done) -> {
            Optional<DeviceFile.Contents> left = file(folder).read();
            assertThat(left).isIn(Optional.of(done ? NEW : OLD), Optional.of(NEW));
        });
    }

    private static DeviceFile file(Path folder) {
        return new DeviceFile(folder.resolve("device.properties"));
    }
}
