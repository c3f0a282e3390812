package org.tidebox.agent;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Where an operating system wants programs to keep their data.
 *
 * @param system which kind of system
 * @param userHome the user's own folder
 */
public record Platform(OperatingSystem system, Path userHome) {
    /** The systems with a rule of their own. */
    public enum OperatingSystem {
        /** Linux and other systems that follow the XDG base directory specification. */
        XDG,
        /** macOS. */
        MACOS,
        /** Windows. */
        WINDOWS
    }

    /** Returns the platform that this process runs on. */
    public static Platform current() {
        return new Platform(systemOf(System.getProperty("os.name")), Path.of(System.getProperty("user.home")));
    }

    /** Returns the folder in which programs keep the data of this user. */
    public Path dataFolder(Map<String, String> environment) {
        return switch (system) {
            case XDG -> absoluteOr(environment.get("XDG_DATA_HOME"), userHome.resolve(".local").resolve("share"));
            case MACOS -> userHome.resolve("Library").resolve("Application Support");
            case WINDOWS -> absoluteOr(environment.get("APPDATA"), userHome.resolve("AppData").resolve("Roaming"));
        };
    }

    /** Returns how a program's folder is written there. */
    public String folderName() {
        return system == OperatingSystem.XDG ? "tidebox" : "Tidebox";
    }

    static OperatingSystem systemOf(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.contains("windows")) {
            return OperatingSystem.WINDOWS;
        }
        return lower.contains("mac") || lower.contains("darwin") ? OperatingSystem.MACOS : OperatingSystem.XDG;
    }

    /** The XDG specification says that a relative path is to be ignored. */
    private static Path absoluteOr(String value, Path otherwise) {
        return value != null && !value.isBlank() && Path.of(value).isAbsolute() ? Path.of(value) : otherwise;
    }
}
