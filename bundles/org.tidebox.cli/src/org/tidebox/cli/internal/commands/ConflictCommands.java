package org.tidebox.cli.internal.commands;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tidebox.agent.ConflictChoice;
import org.tidebox.agent.ConflictReport;
import org.tidebox.agent.ConflictReport.Side;
import org.tidebox.agent.ConflictsSettled;
import org.tidebox.cli.internal.shell.Outcome;
import org.tidebox.cli.internal.text.Table;
import org.tidebox.cli.internal.text.Units;
import org.tidebox.cli.internal.text.Words;
import org.tidebox.sync.folder.Problem;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tidebox conflicts}: what was edited on two devices at the same time. */
@Command(name = "conflicts")
public final class ConflictCommands extends OnAgent {
    private ConflictCommands(Context context) {
        super(context);
    }

    public static CommandLine group(Context context) {
        return new CommandLine(new ConflictCommands(context)).addSubcommand(new Resolve(context));
    }

    @Override
    public Outcome call() throws Exception {
        return agent(agent -> {
            List<ConflictReport> conflicts = agent.conflicts();
            return Outcome.done(conflicts, conflicts.isEmpty() ? List.of("There are no conflicts.") : text(conflicts));
        });
    }

    private List<String> text(List<ConflictReport> conflicts) {
        Table table = new Table(">", "", "DEVICE", "CHANGED", ">SIZE", "PATH");
        for (int i = 0; i < conflicts.size(); i++) {
            row(table, Units.count(i + 1L), "mine", conflicts.get(i).mine());
            row(table, "", "theirs", conflicts.get(i).theirs());
            if (conflicts.get(i).older() > 0) {
                table.row("", "", "", "", "",
                        "and " + Units.count(conflicts.get(i).older(), "older copy", "older copies")
                                + " of the same device");
            }
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("");
        lines.add("'mine' is what this device made; where it made neither, the one that kept the name.");
        lines.add("Settle one, on all devices, by either of its paths; or all of a folder; or all with --all:");
        lines.add("  tidebox conflicts resolve PATH… --keep mine|theirs|newest|both    or    --merge for texts");
        return lines;
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
    @Command(name = "resolve")
    static final class Resolve extends OnAgent {
        @ArgGroup(multiplicity = "1")
        private Which which;

        @ArgGroup(multiplicity = "1")
        private How how;

        @Option(names = "--markers")
        private boolean markers;

        @Spec
        private CommandSpec spec;

        Resolve(Context context) {
            super(context);
        }

        /** Which ones. */
        static final class Which {
            @Parameters(paramLabel = "PATH", arity = "1..*")
            private List<String> paths = List.of();

            @Option(names = "--all")
            private boolean all;
        }

        /** One way to settle it. */
        static final class How {
            @Option(names = "--keep", paramLabel = "mine|theirs|newest|both")
            private Keep keep;

            @Option(names = "--merge")
            private boolean merge;
        }

        /** What can be kept. */
        enum Keep {
            mine, theirs, newest, both
        }

        @Override
        public Outcome call() throws Exception {
            ConflictChoice choice = choice();
            List<String> absolute = which.paths.stream().map(path -> shell.resolve(path).toString()).toList();
            return agent(agent -> {
                ConflictsSettled settled = agent.resolveConflicts(absolute, choice);
                return settled.problems().isEmpty()
                        ? Outcome.done(settled, done(settled, choice))
                        : Outcome.failed(settled, unsettled(settled));
            });
        }

        private static String done(ConflictsSettled settled, ConflictChoice choice) {
            return switch (settled.files()) {
                case 0 -> "There are no conflicts.";
                case 1 -> switch (choice) {
                    case MINE, THEIRS, NEWEST -> "Settled; the other one stays in the history or the trash.";
                    case BOTH -> "Settled; both stay, and the copy has a plain name now.";
                    case MERGE -> "Merged; the states before stay in the history and the trash.";
                    case MERGE_WITH_MARKERS ->
                        "Merged; look for <<<<<<< in the file where both changed the same lines.";
                };
                default -> Units.count(settled.files(), "file is", "files are")
                        + " settled; what was let go stays in the history or the trash.";
            };
        }

        private List<String> unsettled(ConflictsSettled settled) {
            if (settled.files() == 0 && settled.problems().size() == 1) {
                Problem only = settled.problems().getFirst();
                return List.of("tidebox: " + shell.show(only.path()) + ": " + Words.of(only.reason()));
            }
            List<String> lines = new ArrayList<>();
            lines.add(Units.count(settled.files(), "file is", "files are") + " settled, "
                    + Units.count(settled.problems().size(), "is", "are") + " not:");
            settled.problems()
                    .forEach(problem -> lines
                            .add("  " + shell.show(problem.path()) + ": " + Words.of(problem.reason())));
            return lines;
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
                case newest -> ConflictChoice.NEWEST;
                case theirs -> ConflictChoice.THEIRS;
                case both -> ConflictChoice.BOTH;
            };
        }
    }
}
