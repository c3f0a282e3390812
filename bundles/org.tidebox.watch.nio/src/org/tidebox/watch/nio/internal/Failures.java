package org.tidebox.watch.nio.internal;

import java.nio.file.Path;
import org.tidebox.watch.WatchException;
import org.tidebox.watch.WatchException.Reason;

/** Says what a failure of the system's notifications means to the user. */
final class Failures {
    private Failures() {
    }

    /** The JDK tells a reached limit by nothing but its message, which names inotify. */
    static WatchException explain(Path root, Exception cause) {
        String message = String.valueOf(cause.getMessage());
        if (message.contains("inotify instances")) {
            return limit(root, "more watched trees or open files", "fs.inotify.max_user_instances=1024", cause);
        }
        if (message.contains("inotify")) {
            return limit(root, "more watched folders", "fs.inotify.max_user_watches=1048576", cause);
        }
        return new WatchException(Reason.IO, root, "Watching " + root + " failed: " + message, cause);
    }

    private static WatchException limit(Path root, String what, String setting, Exception cause) {
        return new WatchException(Reason.LIMIT_REACHED, root, "Watching " + root + " needs " + what
                + " than the system allows; raise the "
                + "limit: sudo sysctl " + setting, cause);
    }
}
