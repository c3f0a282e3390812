package org.tidebox.cli.internal.commands;

import java.util.List;
import java.util.Locale;
import org.tidebox.agent.HeldEntry;
import org.tidebox.cli.internal.shell.Shell;
import org.tidebox.cli.internal.text.Table;
import org.tidebox.cli.internal.text.Units;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Held entries as people read them. */
final class HeldText {
    private HeldText() {
    }

    static List<String> lines(List<HeldEntry> entries, Shell shell) {
        Table table = new Table("WAY", ">SIZE", "PATH", "BECAUSE OF");
        for (HeldEntry entry : entries) {
            table.row(entry.upload() ? "up" : "down",
                    entry.kind().equals("FILE") ? Units.bytes(entry.size()) : entry.kind().toLowerCase(Locale.ROOT),
                    shell.show(entry.path()), entry.reason());
        }
        return table.lines();
    }

    /** Returns the entries that a command is about, as absolute paths; none for everything. */
    static List<String> entries(List<String> paths, boolean all, Shell shell, CommandSpec command) {
        if (all == !paths.isEmpty()) {
            throw new ParameterException(command.commandLine(), "name entries, or say --all");
        }
        return paths.stream().map(path -> shell.resolve(path).toString()).toList();
    }

    /** Returns how many there are, such as {@code 3 entries with 1.5 MiB}. */
    static String count(List<HeldEntry> entries) {
        long bytes = entries.stream().mapToLong(HeldEntry::size).sum();
        return Units.count(entries.size(), "entry", "entries") + " with " + Units.bytes(bytes);
    }
}
