package org.tidebox.cli.internal.commands;

import java.util.ArrayList;
import java.util.List;
import org.tidebox.agent.AgentStatus;
import org.tidebox.agent.FolderReport;
import org.tidebox.cli.internal.shell.Shell;
import org.tidebox.cli.internal.text.Table;
import org.tidebox.cli.internal.text.Units;
import org.tidebox.cli.internal.text.Words;
import org.tidebox.sync.folder.Problem;
import org.tidebox.sync.folder.Transfer;

/** How a status reads. */
final class StatusText {
    private static final int SHOWN_PROBLEMS = 10;

    private final Shell shell;

    StatusText(Shell shell) {
        this.shell = shell;
    }

    List<String> status(AgentStatus status) {
        List<String> lines = new ArrayList<>();
        lines.add(connection(status));
        if (status.message() != null) {
            lines.add(status.message());
        }
        if (status.notice() != null) {
            lines.add(status.notice());
        }
        lines.add("");
        lines.addAll(folders(status.folders()));
        return lines;
    }

    List<String> folders(List<FolderReport> folders) {
        if (folders.isEmpty()) {
            return List.of("No folder is synchronised yet. Add one: tidebox folder add DIR");
        }
        Table table = new Table("FOLDER", "LIBRARY", ">ENTRIES", ">SEQUENCE", "STATE");
        folders.forEach(
                folder -> table.row(shell.show(folder.directory()), folder.library(), Units.count(folder.entries()),
                        Units.count(folder.sequence()), state(folder)));
        List<String> lines = new ArrayList<>(table.lines());
        folders.stream().filter(folder -> folder.message() != null)
                .forEach(folder -> lines.add(shell.show(folder.directory()) + ": " + Words.of(folder.message())));
        folders.stream().filter(folder -> folder.watchNotice() != null)
                .forEach(folder -> lines.add(shell.show(folder.directory()) + ": " + watch(folder)));
        folders.stream().filter(folder -> !folder.problems().isEmpty())
                .forEach(folder -> lines.addAll(problems(folder)));
        long conflicts = folders.stream().mapToLong(folder -> folder.conflicts().size()).sum();
        if (conflicts > 0) {
            lines.add("");
            lines.add(Units.count(conflicts, "conflict") + (conflicts == 1 ? " waits" : " wait")
                    + " for you to choose: tidebox conflicts");
        }
        return lines;
    }

    private static String watch(FolderReport folder) {
        return (folder.watcher() == null
                ? "not watched, so changes are found twice an hour: "
                : "watched by '" + folder.watcher() + "', which looks again and again: ") + folder.watchNotice();
    }

    /** Returns the folders and how they are set up. */
    List<String> folderList(List<FolderReport> folders) {
        List<String> lines = new ArrayList<>(folders(folders));
        folders.stream().filter(FolderReport::xattrs)
                .forEach(folder -> lines.add(shell.show(folder.directory()) + ": extended attributes are kept, too"));
        return lines;
    }

    static String state(FolderReport folder) {
        String conflicts = folder.conflicts().isEmpty()
                ? ""
                : ", " + Units.count(folder.conflicts().size(), "conflict");
        return activity(folder) + conflicts;
    }

    private static String activity(FolderReport folder) {
        return switch (folder.activity()) {
            case PAUSED -> "paused";
            case SCANNING -> "looking for changes";
            case SYNCING -> "synchronising" + progress(folder);
            case UP_TO_DATE -> folder.problems().isEmpty()
                    ? "up to date"
                    : "up to date, except " + Units.count(folder.problems().size(), "problem")
                            + (folder.needsPerson() ? "" : ", tries again");
            case WAITING -> folder.needsPerson() ? "stopped, needs you" : "waiting for the server";
            case ASKING -> "stopped, asks you";
            case FAILED -> "failed, tries again";
        };
    }

    private static String connection(AgentStatus status) {
        if (status.account() == null) {
            return "Nobody is logged in. Connect this device: tidebox join CODE";
        }
        String who = status.account().account() + " on " + status.account().device();
        String server = status.account().server();
        return switch (status.connection()) {
            case LOGGED_OUT -> who + ", logged out";
            case RESTING -> who + "; no agent runs, so nothing is synchronised now: tidebox agent";
            case CONNECTING -> who + ", connecting to " + server;
            case CONNECTED -> who + ", connected to " + server;
            case OFFLINE -> who + ", offline: " + server + " does not answer; changes are sent later";
            case UNTRUSTED -> who + ", not connected: " + server + " shows another certificate than before";
            case LOGIN_NEEDED -> who + ", not connected: " + server + " does not take this device's login any more";
        };
    }

    private static String progress(FolderReport folder) {
        long total = folder.transfers().stream().mapToLong(Transfer::total).sum();
        long done = folder.transfers().stream().mapToLong(Transfer::done).sum();
        String bytes = total == 0 ? "" : ", " + Units.bytes(done) + " of " + Units.bytes(total);
        long pending = folder.pendingUploads() + folder.pendingDownloads();
        return bytes + (pending == 0 ? "" : ", " + Units.count(pending) + " to go");
    }

    private List<String> problems(FolderReport folder) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(Units.count(folder.problems().size(), "problem") + " in " + shell.show(folder.directory()) + ":");
        for (Problem problem : folder.problems().subList(0, Math.min(SHOWN_PROBLEMS, folder.problems().size()))) {
            lines.add("  " + problem.path() + ": " + Words.of(problem.reason())
                    + (problem.retried() ? " (tried again)" : ""));
        }
        if (folder.problems().size() > SHOWN_PROBLEMS) {
            lines.add("  … and " + (folder.problems().size() - SHOWN_PROBLEMS) + " more: tidebox status --json");
        }
        return lines;
    }
}
