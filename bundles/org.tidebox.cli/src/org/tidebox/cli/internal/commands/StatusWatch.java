package org.tidebox.cli.internal.commands;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.AgentStatus;
import org.tidebox.agent.events.AgentEvent;
import org.tidebox.agent.events.EventKind;
import org.tidebox.agent.events.EventPage;
import org.tidebox.agent.events.FolderProgress;
import org.tidebox.agent.session.AgentSession;
import org.tidebox.cli.internal.shell.Shell;
import org.tidebox.cli.internal.text.Bar;
import org.tidebox.cli.internal.text.Units;

/** Shows the status again whenever it has changed: on a terminal in its place, else below. */
final class StatusWatch {
    private static final Set<EventKind> KINDS = EnumSet.complementOf(EnumSet.of(EventKind.ACTIVITY));
    private static final long LONG_MILLIS = 30_000;
    private static final int BAR = 24;

    private final Shell shell;
    private final boolean json;
    private final Map<String, FolderProgress> progress = new LinkedHashMap<>();
    private List<String> shown = List.of();

    StatusWatch(Shell shell, boolean json) {
        this.shell = shell;
        this.json = json;
    }

    /**
     * What programs get each time.
     *
     * @param status as {@code tidebox status --json} prints it
     * @param progress of the folders that work now, by their directories
     */
    record Document(AgentStatus status, Map<String, FolderProgress> progress) {
    }

    /** Goes on until somebody ends it, or the agent is gone. */
    void run(AgentSession session) throws AgentException {
        AgentStatus status = session.agent().status();
        show(status);
        long revision = status.revision();
        while (true) {
            EventPage page = session.events().since(revision, KINDS, LONG_MILLIS);
            revision = page.revision();
            if (page.readAnew()) {
                progress.clear();
            } else {
                page.events().forEach(this::take);
            }
            if (page.readAnew() || !page.events().isEmpty()) {
                status = session.agent().status();
                revision = page.readAnew() ? status.revision() : revision;
                show(status);
            }
        }
    }

    private void take(AgentEvent event) {
        if (event instanceof AgentEvent.ProgressChanged changed) {
            if (changed.progress().equals(FolderProgress.NONE)) {
                progress.remove(changed.directory());
            } else {
                progress.put(changed.directory(), changed.progress());
            }
        } else if (event instanceof AgentEvent.FolderRemoved removed) {
            progress.remove(removed.directory());
        }
    }

    private void show(AgentStatus status) {
        if (json) {
            shell.out().documentLine(new Document(status, progress));
            return;
        }
        List<String> lines = new ArrayList<>(new StatusText(shell).status(status));
        progress.forEach((directory, now) -> lines.add("  " + shell.show(directory) + "  " + line(now)));
        lines.add("");
        if (lines.equals(shown)) {
            return;
        }
        if (shell.interactive().getAsBoolean()) {
            shell.out().takeBack(shown.size());
        }
        lines.forEach(shell.out()::line);
        shown = lines;
    }

    static String line(FolderProgress progress) {
        boolean bytes = progress.bytesTotal() > 0;
        long done = bytes ? progress.bytes() : progress.files();
        long total = bytes ? progress.bytesTotal() : progress.filesTotal();
        String bar = total == 0 ? "" : Bar.of(done, total, BAR) + Bar.percent(done, total) + "  ";
        String files = Units.count(progress.files())
                + (progress.filesTotal() == 0 ? "" : " of " + Units.count(progress.filesTotal()))
                + (progress.scanning() ? " looked at" : " done");
        String content = bytes ? ", " + Units.bytes(done) + " of " + Units.bytes(total) : "";
        String rate = progress.bytesPerSecond() == 0 ? "" : ", " + Units.bytes(progress.bytesPerSecond()) + "/s";
        return bar + files + content + rate
                + (progress.left() == null ? "" : ", " + Units.duration(progress.left()) + " left");
    }
}
