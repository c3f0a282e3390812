package org.tidebox.sync.internal.report;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.Locale;

/** Says in words why the file system refused. */
public final class Reasons {
    static final String FULL = "no space left on the disk; make room, it is tried again";

    private Reasons() {
    }

    /** Returns a reason for a person. */
    public static String of(IOException e) {
        if (isFull(e)) {
            return FULL;
        }
        if (e instanceof AccessDeniedException) {
            return "access denied; check the permissions";
        }
        if (e instanceof FileSystemException refused && refused.getReason() != null) {
            return refused.getReason().toLowerCase(Locale.ROOT);
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** Returns whether a reason that was given is that there is no room left. */
    static boolean isFull(String reason) {
        return reason.endsWith(FULL);
    }

    /** Returns whether there is no room left. */
    public static boolean isFull(IOException e) {
        String text = String.valueOf(e.getMessage());
        return text.contains("No space left") || text.contains("Disk quota exceeded")
                || text.contains("not enough space")
                || text.contains("Out of disk space");
    }
}
