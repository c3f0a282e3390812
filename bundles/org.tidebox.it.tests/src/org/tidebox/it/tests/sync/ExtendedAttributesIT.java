package org.tidebox.it.tests.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.it.tests.scene.Device;
import org.tidebox.it.tests.scene.TwoDevices;

/** Extended attributes travel between devices that are told to keep them, and come back from history. */
@Tag("C1")
class ExtendedAttributesIT {
    private static final String NAME = "xdg.tags";

    @TempDir
    Path temp;

    @BeforeEach
    void skipWhereThereAreNone() throws IOException {
        assumeTrue(Files.getFileStore(temp).supportsFileAttributeView(UserDefinedFileAttributeView.class),
                "the file system of " + temp + " has no extended attributes");
    }

    @Test
    void theyAreKeptOnDemandAndRestored() throws Exception {
        try (TwoDevices scene = TwoDevices.start(temp)) {
            Path laptop = scene.laptop.folder().resolve("letter");
            Path desktop = scene.desktop.folder().resolve("letter");
            Files.writeString(laptop, "Dear Ada");
            set(laptop, "draft");
            scene.assertSame();
            assertThat(view(desktop).list()).isEmpty();
            assertThat(scene.laptop.ok("folder", "list")).doesNotContain("extended");

            for (Device device : new Device[]{scene.laptop, scene.desktop}) {
                device.ok("folder", "xattrs", device.folder().toString(), "on");
                assertThat(device.ok("folder", "list")).contains("extended attributes are kept");
            }
            scene.assertSame();
            assertThat(get(desktop)).isEqualTo("draft");
            set(desktop, "final");
            scene.assertSame();
            assertThat(get(laptop)).isEqualTo("final");

            scene.desktop.ok("folder", "xattrs", scene.desktop.folder().toString(), "off");
            Files.writeString(desktop, "Dear Ada, dear Charles");
            scene.assertSame();
            assertThat(get(laptop)).isEqualTo("final");

            Path out = temp.resolve("out");
            scene.laptop.ok("restore", laptop.toString(), "--to", out.toString());
            assertThat(get(out.resolve("letter"))).isEqualTo("final");
        }
    }

    private static UserDefinedFileAttributeView view(Path path) {
        return Files.getFileAttributeView(path, UserDefinedFileAttributeView.class);
    }

    private static void set(Path path, String value) throws IOException {
        view(path).write(NAME, ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)));
    }

    private static String get(Path path) throws IOException {
        ByteBuffer value = ByteBuffer.allocate(view(path).size(NAME));
        view(path).read(NAME, value);
        return StandardCharsets.UTF_8.decode(value.flip()).toString();
    }
}
