package org.tidebox.storage.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.tidebox.storage.StorageException;

/**
 * The names of spaces and packs. A pack is called by a rising number and eight random digits, in hex: {@code
 * 0000002a-9f3a6c21}. A name does not come twice, even after the newest pack was deleted.
 */
final class PackNames {
    static final String SUFFIX = ".pack";
    private static final Pattern SPACE = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final Pattern PACK = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{8}");

    private PackNames() {
    }

    static void checkSpace(String space) {
        if (!SPACE.matcher(space).matches()) {
            throw new IllegalArgumentException(
                    "the name of a space has 1 to 64 letters, digits and hyphens, got '" + space + "'");
        }
    }

    static void checkPack(String pack) throws StorageException {
        if (!PACK.matcher(pack).matches()) {
            throw new StorageException("'" + pack + "' is no name of a pack", true, null);
        }
    }

    /** Returns the names of the folders that can be spaces. */
    static List<String> spaces(PackDisk disk, Path folder) throws IOException {
        return disk.list(folder).stream().filter(Files::isDirectory).map(file -> file.getFileName().toString())
                .filter(SPACE.asMatchPredicate()).sorted().toList();
    }

    /** Returns the names of a folder's packs, oldest first. */
    static List<String> list(PackDisk disk, Path folder) throws IOException {
        return disk.list(folder).stream().map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(SUFFIX))
                .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                .filter(PACK.asMatchPredicate()).sorted().toList();
    }

    /** Returns a name for the pack after the given ones. */
    static String next(List<String> names) {
        long last = names.isEmpty() ? 0 : Long.parseLong(names.get(names.size() - 1).substring(0, 8), 16);
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits((int) (last + 1)) + "-" + hex.toHexDigits(ThreadLocalRandom.current().nextInt());
    }
}
