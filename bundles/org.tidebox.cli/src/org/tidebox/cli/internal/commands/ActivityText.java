package org.tidebox.cli.internal.commands;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Locale;
import org.tidebox.agent.events.Activity;
import org.tidebox.cli.internal.shell.Shell;
import org.tidebox.cli.internal.text.Units;

/** How something that was done reads, in one line. */
record ActivityText(Shell shell) {
    String line(Activity entry) {
        return String.format(Locale.ROOT, "%s  %-4s  %-8s  %9s  %s",
                Units.moment(entry.time().toString(), ZoneId.systemDefault()), entry.upload() ? "up" : "down",
                action(entry.action()), entry.bytes() == 0 ? "" : Units.bytes(entry.bytes()),
                shell.show(Path.of(entry.directory()).resolve(entry.path()).toString()));
    }

    private static String action(Activity.Action action) {
        return switch (action) {
            case ADDED -> "added";
            case CHANGED -> "changed";
            case MOVED -> "moved";
            case ATTRIBUTES -> "details";
            case DELETED -> "deleted";
            case CONFLICT -> "conflict";
        };
    }
}
