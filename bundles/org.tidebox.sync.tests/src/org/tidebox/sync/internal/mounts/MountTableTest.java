package org.tidebox.sync.internal.mounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the system tells of what is mounted is understood. */
@Tag("C1")
class MountTableTest {
    @Test
    void onlyWhatIsMountedBelowCountsAndTheLastOneAtAPlace() {
        String table = """
                21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
                30 21 0:25 / /box rw - tmpfs tmpfs rw
                31 30 8:17 / /box/usb rw,relatime shared:3 master:1 - vfat /dev/sdb1 rw
                32 30 8:33 / /box/usb rw - ext4 /dev/sdc1 rw
                33 30 8:1 /home/ada/my\\040files /box/my\\040files rw - ext4 /dev/sda1 rw
                34 21 0:26 / /boxes/usb rw - tmpfs tmpfs rw
                35 30 0:27 / /box/gr\u00c3\u00b6\u00c3\u009fe rw - tmpfs tmp\\134fs rw
                no line of a table
                """;
        assertThat(MountTable.below(Path.of("/box"), table)).containsOnly(
                entry(Path.of("/box/usb"), "ext4 /dev/sdc1 /"),
                entry(Path.of("/box/my files"), "ext4 /dev/sda1 /home/ada/my files"),
                entry(Path.of("/box/gr\u00f6\u00dfe"), "tmpfs tmp\\fs /"));
    }
}
