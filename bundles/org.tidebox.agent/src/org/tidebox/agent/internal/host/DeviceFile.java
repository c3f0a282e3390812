package org.tidebox.agent.internal.host;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.tidebox.files.DurableFile;
import org.tidebox.sync.device.FolderDefinition;
import org.tidebox.sync.device.FolderId;
import org.tidebox.tree.LibraryId;

/**
 * A copy of the settings and sync folders that the device's database holds, in a file of its own that only the owner
 * can read: {@code setting.NAME=VALUE}, and for each folder {@code folder.N.id}, {@code .root}, {@code .library},
 * {@code .name}, {@code .paused} and {@code .xattrs}.
 */
final class DeviceFile {
    private static final String SETTING = "setting.";
    private static final String FOLDER = "folder.";

    private final Path file;

    DeviceFile(Path file) {
        this.file = file;
    }

    /**
     * What is kept.
     *
     * @param settings by name
     * @param folders in the order in which they were added
     */
    record Contents(Map<String, String> settings, List<FolderDefinition> folders) {
        boolean isEmpty() {
            return settings.isEmpty() && folders.isEmpty();
        }
    }

    /**
     * Reads the copy; empty if there is none.
     *
     * @throws IOException if it cannot be read, or is no such copy
     */
    Optional<Contents> read() throws IOException {
        Properties stored = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            stored.load(in);
            Map<String, String> settings = new TreeMap<>();
            stored.stringPropertyNames().stream().filter(key -> key.startsWith(SETTING))
                    .forEach(key -> settings.put(key.substring(SETTING.length()), stored.getProperty(key)));
            List<FolderDefinition> folders = new ArrayList<>();
            for (int i = 1; stored.containsKey(FOLDER + i + ".id"); i++) {
                folders.add(folder(stored, FOLDER + i));
            }
            return Optional.of(new Contents(settings, folders));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is damaged: " + e.getMessage(), e);
        }
    }

    private static FolderDefinition folder(Properties stored, String key) {
        return new FolderDefinition(new FolderId(stored.getProperty(key + ".id")),
                stored.getProperty(key + ".root", ""), LibraryId.parse(stored.getProperty(key + ".library", "")),
                stored.getProperty(key + ".name", ""), Boolean.parseBoolean(stored.getProperty(key + ".paused")),
                Boolean.parseBoolean(stored.getProperty(key + ".xattrs")));
    }

    /** Replaces the copy; at any moment it is wholly the old one or wholly the new one. */
    void write(Contents contents) throws IOException {
        Properties stored = new Properties();
        contents.settings().forEach((name, value) -> stored.setProperty(SETTING + name, value));
        for (int i = 0; i < contents.folders().size(); i++) {
            FolderDefinition folder = contents.folders().get(i);
            String key = FOLDER + (i + 1);
            stored.setProperty(key + ".id", folder.id().value());
            stored.setProperty(key + ".root", folder.root());
            stored.setProperty(key + ".library", folder.library().toHex());
            stored.setProperty(key + ".name", folder.libraryName());
            stored.setProperty(key + ".paused", Boolean.toString(folder.paused()));
            stored.setProperty(key + ".xattrs", Boolean.toString(folder.keepsExtended()));
        }
        StringWriter text = new StringWriter();
        stored.store(text, "Lets Tidebox build a lost database anew; do not edit");
        new DurableFile(file).replace(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
