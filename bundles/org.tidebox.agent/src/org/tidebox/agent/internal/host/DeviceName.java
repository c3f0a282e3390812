package org.tidebox.agent.internal.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** How a device is called when its person does not say: as the computer. */
final class DeviceName {
    private static final Path HOSTNAME_FILE = Path.of("/etc/hostname");

    private DeviceName() {
    }

    static String of(Map<String, String> environment) {
        return Stream.of(environment.get("COMPUTERNAME"), environment.get("HOSTNAME"), fromFile())
                .filter(name -> name != null && !name.isBlank()).map(name -> name.strip().split("\\.")[0]).findFirst()
                .orElse("computer");
    }

    private static String fromFile() {
        try {
            return Files.isReadable(HOSTNAME_FILE) ? Files.readString(HOSTNAME_FILE) : null;
        } catch (IOException e) {
            return null;
        }
    }
}
