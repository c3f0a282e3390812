package org.tidebox.cli.internal;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tidebox.agent.ConflictChoice;
import org.tidebox.agent.ConflictReport;
import org.tidebox.agent.ConflictReport.Side;
import org.tidebox.cli.internal.text.Table;
import org.tidebox.cli.internal.text.Units;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tidebox conflicts}: what was edited on two devices at the same time. */
@Command(name = "conflicts", description = "List what was edited on two devices at the same time.")
final class ConflictCommands extends OnAgent {
    private ConflictCommands(Context context) {
        super(context);
    }

    static CommandLine group(Context context) {
        return new CommandLine(new ConflictCommands(context)).addSubcommand(new Resolve(context));
    }

    @Override
    public Outcome call() throws Exception {
        return agent(agent -> {
            List<ConflictReport> conflicts = agent.conflicts();
            return Outcome.done(conflicts, conflicts.isEmpty() ? "There are no conflicts." : text(conflicts));
        });
    }

    private String text(List<ConflictReport> conflicts) {
        Table table = new Table(">", "", "DEVICE", "CHANGED", ">SIZE", "PATH");
        for (int i = 0; i < conflicts.size(); i++) {
            row(table, Units.count(i + 1L), "mine", conflicts.get(i).mine());
            row(table, "", "theirs", conflicts.get(i).theirs());
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("");
        lines.add("'mine' is what this device made; where it made neither, the one that kept the name.");
        lines.add("Settle one, on all devices, by either of its paths:");
        lines.add("  tidebox conflicts resolve PATH --keep mine|theirs|both    or    --merge for texts");
        return String.join("\n", lines);
    }

    private void row(Table table, String number, String which, Side side) {
        boolean gone = side.changed() == null;
        table.row(number, which, side.device() == null ? "?" : side.device(),
                gone ? "gone" : Units.moment(side.changed(), ZoneId.systemDefault()),
                gone
                        ? ""
                        : side.kind().equals("FILE") ? Units.bytes(side.size()) : side.kind().toLowerCase(Locale.ROOT),
                shell.show(side.path()));
    }

    /** {@code tidebox conflicts resolve}. */
    @Command(name = "resolve", description = {"Settle a conflict, on all devices.",
            "What is let go stays in 'tidebox history' or 'tidebox trash'."})
    static final class Resolve extends OnAgent {
        @Parameters(paramLabel = "PATH", description = "The conflict copy, or the file that it stands beside.")
        private String path;

        @ArgGroup(multiplicity = "1")
        private How how;

        @Option(names = "--markers", description = {
                "With --merge: where both sides changed the same lines, keep both versions of",
                "them in the file between <<<<<<< and >>>>>>>, instead of refusing."})
        private boolean markers;

        @Spec
        private CommandSpec spec;

        Resolve(Context context) {
            super(context);
        }

        /** One way to settle it. */
        static final class How {
            @Option(names = "--keep", paramLabel = "mine|theirs|both", description = {
                    "Which one gets the name; the other one goes. With both, the copy stays beside it",
                    "under a plain name."})
            private Keep keep;

            @Option(names = "--merge", description = {
                    "Put the changes of both together, line by line; for texts. Refused where both",
                    "changed the same lines."})
            private boolean merge;
        }

        /** What can be kept. */
        enum Keep {
            mine, theirs, both
        }

        @Override
        public Outcome call() throws Exception {
            ConflictChoice choice = choice();
            String absolute = shell.resolve(path).toString();
            return agent(agent -> {
                agent.resolveConflict(absolute, choice);
                return Outcome.done(switch (choice) {
                    case MINE, THEIRS -> "Settled; the other one stays in the history or the trash.";
                    case BOTH -> "Settled; both stay, and the copy has a plain name now.";
                    case MERGE -> "Merged; the states before stay in the history and the trash.";
                    case MERGE_WITH_MARKERS ->
                        "Merged; look for <<<<<<< in the file where both changed the same lines.";
                });
            });
        }

        private ConflictChoice choice() {
            if (markers && !how.merge) {
                throw new ParameterException(spec.commandLine(), "--markers goes with --merge only");
            }
            if (how.merge) {
                return markers ? ConflictChoice.MERGE_WITH_MARKERS : ConflictChoice.MERGE;
            }
            return switch (how.keep) {
                case mine -> ConflictChoice.MINE;
                case theirs -> ConflictChoice.THEIRS;
                case both -> ConflictChoice.BOTH;
            };
        }
    }
}
