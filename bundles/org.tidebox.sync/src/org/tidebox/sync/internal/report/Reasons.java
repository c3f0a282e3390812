package org.tidebox.sync.internal.report;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.Locale;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.sync.folder.ObstacleException;

/** Tells why the file system refused. */
public final class Reasons {
    private Reasons() {
    }

    /** Returns the reason of a failure. */
    public static Obstacle of(IOException e) {
        if (e instanceof ObstacleException known) {
            return known.getObstacle();
        }
        if (isFull(e)) {
            return new Obstacle.NoRoom();
        }
        if (e instanceof AccessDeniedException) {
            return new Obstacle.AccessDenied();
        }
        if (e instanceof FileSystemException refused && refused.getReason() != null) {
            return new Obstacle.Other(refused.getReason().toLowerCase(Locale.ROOT));
        }
        return new Obstacle.Other(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    }

    /** Returns whether it is for want of room that something failed. */
    static boolean isFull(Obstacle reason) {
        return switch (reason) {
            case Obstacle.NoRoom full -> true;
            case Obstacle.FileUnreadable(Obstacle cause) -> isFull(cause);
            case Obstacle.SetAside(String place, Obstacle cause) -> isFull(cause);
            case Obstacle.NoTemporaryFolder(String top, String folder, Obstacle cause) -> isFull(cause);
            default -> false;
        };
    }

    /** Returns whether there is no room left; systems tell that in words only. */
    public static boolean isFull(IOException e) {
        String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return e instanceof ObstacleException known && isFull(known.getObstacle())
                || text.contains("no space left") || text.contains("disk quota exceeded")
                || text.contains("not enough space")
                || text.contains("out of disk space");
    }
}
