package org.tidebox.storage.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.StoreFullException;

/** Says in the words of the store what went wrong on the disk. */
final class PackErrors {
    private PackErrors() {
    }

    /** Translates the failure of writing some bytes below a folder; called before anything is taken back. */
    static StorageException writing(Path folder, long bytes, IOException e) {
        if (e instanceof PackVersionException) {
            return new StorageException(e.getMessage(), true, e);
        }
        return isFull(folder, bytes, e)
                ? new StoreFullException("the packs (" + folder + ")", e)
                : new StorageException("Cannot write packs below " + folder + ": " + text(e), false, e);
    }

    /** Translates the failure of reading something. */
    static StorageException reading(Path path, IOException e) {
        if (e instanceof PackVersionException) {
            return new StorageException(e.getMessage(), true, e);
        }
        if (e instanceof NoSuchFileException) {
            return new StorageException("The pack " + path + " is not there", true, e);
        }
        return new StorageException("Cannot read " + path + ": " + text(e), false, e);
    }

    private static boolean isFull(Path folder, long bytes, IOException e) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        // Systems say it in words of their own language, so the room that is left decides where these are not found.
        return message.contains("no space left") || message.contains("not enough space")
                || message.contains("disk full")
                || message.contains("out of disk space") || message.contains("quota exceeded") || room(folder) < bytes;
    }

    private static long room(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }

    private static String text(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
