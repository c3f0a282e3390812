package org.tidebox.sync.past;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Files that programs make while they save: where they were seen before they were gone, they are in the trash, and
 * nobody misses them. They look so, and lived for some seconds.
 */
final class PassingName {
    private static final Duration MOMENT = Duration.ofSeconds(10);
    /** Of LibreOffice, Office, editors of Linux, JetBrains, Kate and Qt, rsync, Gnome, and of whoever makes backups. */
    private static final Pattern NAME = Pattern.compile("~\\$.*|~WR[DL]\\d+\\.tmp|[0-9A-F]{8}|\\.~lock\\..*|\\.#.*|.*~|"
            + "\\..*\\.sw[a-p]|4913|\\.goutputstream-.*|.*___jb_(tmp|old)___|(\\..+|.+\\..+)\\.[A-Za-z0-9]{6}|.*\\.tmp|.*\\.bak",
            Pattern.CASE_INSENSITIVE);

    private PassingName() {
    }

    /** Returns whether a file was there only for a moment. */
    static boolean isOf(Deleted file) {
        return NAME.matcher(file.name()).matches() && file.id().isMadeAbout(file.time(), MOMENT);
    }
}
