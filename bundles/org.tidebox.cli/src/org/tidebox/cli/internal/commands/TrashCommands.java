package org.tidebox.cli.internal.commands;

import java.io.File;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.tidebox.agent.RestoreReport;
import org.tidebox.agent.TrashEntry;
import org.tidebox.cli.internal.shell.Outcome;
import org.tidebox.cli.internal.shell.TideboxCommand;
import org.tidebox.cli.internal.text.Table;
import org.tidebox.cli.internal.text.Units;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What was deleted. */
@Command(name = "trash")
public final class TrashCommands {
    /** Of the last ones, which are random; what was made at the same time has the first ones in common. */
    private static final int ID_DIGITS = 8;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{6,32}");

    private TrashCommands() {
    }

    public static CommandLine group(TideboxCommand.Context context) {
        return new CommandLine(new TrashCommands()).addSubcommand(new ListTrash(context))
                .addSubcommand(new Restore(context));
    }

    /** {@code tidebox trash list}. */
    @Command(name = "list")
    static final class ListTrash extends OnAgent {
        @Parameters(paramLabel = "DIR", arity = "0..1")
        private String directory;

        ListTrash(Context context) {
            super(context);
        }

        @Override
        public Outcome call() throws Exception {
            return agent(agent -> {
                List<TrashEntry> entries = agent.trash(directory == null ? null : shell.resolve(directory).toString());
                return Outcome.done(entries, entries.isEmpty() ? List.of("Nothing is in the trash.") : table(entries));
            });
        }

        private List<String> table(List<TrashEntry> entries) {
            Table table = new Table("ID", "DELETED", ">SIZE", "DEVICE", "PATH");
            for (TrashEntry entry : entries) {
                boolean folder = entry.kind().equals("FOLDER");
                table.row(entry.id().substring(entry.id().length() - ID_DIGITS),
                        Units.moment(entry.time(), ZoneId.systemDefault()),
                        Units.bytes(entry.size()), entry.device(), shell.show(entry.path()) + (folder
                                ? File.separator + " (" + Units.count(entry.entries() - 1) + " inside)"
                                : ""));
            }
            List<String> lines = new ArrayList<>(table.lines());
            if (shell.interactive().getAsBoolean()) {
                lines.add("Bring back what you name by PATH or ID: tidebox trash restore ID");
            }
            return lines;
        }
    }

    /** {@code tidebox trash restore}. */
    @Command(name = "restore")
    static final class Restore extends OnAgent {
        @Parameters(paramLabel = "PATH|ID", arity = "1..*")
        private List<String> items;

        Restore(Context context) {
            super(context);
        }

        @Override
        public Outcome call() throws Exception {
            return agent(agent -> {
                try (RestoreWatch watch = new RestoreWatch(shell, agent)) {
                    watch.start();
                    RestoreReport report = agent.restoreTrash(items.stream().map(this::item).toList());
                    watch.close();
                    return new RestoreText(shell).outcome(report);
                }
            });
        }

        private String item(String given) {
            return ID.matcher(given).matches() ? given : shell.resolve(given).toString();
        }
    }
}
