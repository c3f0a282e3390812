package org.tidebox.cli.internal.commands;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tidebox.agent.RuleReport;
import org.tidebox.agent.RuleRequest;
import org.tidebox.cli.internal.shell.Outcome;
import org.tidebox.cli.internal.shell.TideboxCommand.Context;
import org.tidebox.cli.internal.text.Table;
import org.tidebox.cli.internal.text.Units;
import org.tidebox.sync.rules.RulePreview;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tidebox rule}: what goes up and what comes down. */
@Command(name = "rule")
public final class RuleCommands {
    private RuleCommands() {
    }

    public static CommandLine group(Context context) {
        return new CommandLine(new RuleCommands()).addSubcommand(new Add(context)).addSubcommand(new Default(context))
                .addSubcommand(new ListRules(context)).addSubcommand(new Remove(context))
                .addSubcommand(new Candidates(context)).addSubcommand(TypeGroupCommands.group(context));
    }

    /** What can be done with an entry. */
    enum Action {
        transfer, hold, ask
    }

    /** Which list of rules is meant. */
    static final class Direction {
        @Option(names = "--up", required = true)
        private boolean up;

        @Option(names = "--down", required = true)
        private boolean down;
    }

    /** A command on the rules of one folder. */
    private abstract static class OnRules extends OnAgent {
        @Parameters(paramLabel = "DIR", index = "0")
        private String directory;

        OnRules(Context context) {
            super(context);
        }

        final String folder() {
            return shell.resolve(directory).toString();
        }

        final Outcome shown(RuleReport report) {
            List<String> lines = new ArrayList<>(list("Up", report.up()));
            lines.addAll(list("Down", report.down()));
            if (report.problem() != null) {
                lines.add("Everything is held, because rules cannot be used: " + report.problem());
            }
            return Outcome.done(report, lines);
        }

        private static List<String> list(String title, RuleReport.Rules rules) {
            Table table = new Table(">", title.toUpperCase(Locale.ROOT), "THEN");
            for (int i = 0; i < rules.rules().size(); i++) {
                table.row(Integer.toString(i + 1), rules.rules().get(i).condition(), rules.rules().get(i).action());
            }
            List<String> lines = new ArrayList<>(
                    table.row("", rules.rules().isEmpty() ? "everything" : "everything else", rules.otherwise())
                            .lines());
            if (!rules.candidates().equals("index")) {
                lines.add("Candidates are only what was stored since the last transfer.");
            }
            return lines;
        }
    }

    /** {@code tidebox rule add}. */
    @Command(name = "add")
    static final class Add extends OnRules {
        @ArgGroup(multiplicity = "1")
        private Direction direction;

        @Option(names = "--all")
        private boolean all;

        @Option(names = "--in", paramLabel = "FOLDER")
        private List<String> folders = new ArrayList<>();

        @Option(names = "--type", paramLabel = "T,...")
        private List<String> types = new ArrayList<>();

        @Option(names = "--max-size", paramLabel = "SIZE")
        private List<String> sizes = new ArrayList<>();

        @Option(names = "--where", paramLabel = "EXPR")
        private List<String> expressions = new ArrayList<>();

        @Option(names = "--then", required = true, paramLabel = "transfer|hold|ask")
        private Action action;

        @Option(names = "--at", paramLabel = "N")
        private int at;

        @Option(names = "--dry-run")
        private boolean dryRun;

        @Spec
        private CommandSpec spec;

        Add(Context context) {
            super(context);
        }

        @Override
        public Outcome call() throws Exception {
            RuleRequest request = new RuleRequest(folder(), direction.up, condition(), action.name(), at);
            return agent(agent -> dryRun ? told(agent.previewRule(request)) : shown(agent.addRule(request)));
        }

        private static Outcome told(RulePreview preview) {
            return Outcome.done(preview, List.of(
                    Units.count(preview.startFiles(), "held file") + " with " + Units.bytes(preview.startBytes())
                            + " would be transferred at once.",
                    Units.count(preview.stopFiles(), "file") + " with " + Units.bytes(preview.stopBytes())
                            + " would be held: new ones at once, others with their next version.",
                    "Nothing was changed."));
        }

        private String condition() {
            List<String> parts = new ArrayList<>();
            folders.forEach(folder -> parts.add("in " + quoted(folder)));
            types.forEach(type -> parts.add("type " + type));
            sizes.forEach(size -> parts.add("size <= " + size));
            boolean alone = parts.isEmpty() && expressions.size() == 1;
            expressions.forEach(expression -> parts.add(alone ? expression : "(" + expression + ")"));
            if (all == !parts.isEmpty()) {
                throw new ParameterException(spec.commandLine(), all
                        ? "--all stands alone"
                        : "say which entries: --all, --in, --type, --max-size or --where");
            }
            return all ? "all" : String.join(" and ", parts);
        }

        private static String quoted(String word) {
            return '"' + word.replace("\"", "\"\"") + '"';
        }
    }

    /** {@code tidebox rule default}. */
    @Command(name = "default")
    static final class Default extends OnRules {
        @ArgGroup(multiplicity = "1")
        private Direction direction;

        @Parameters(paramLabel = "transfer|hold|ask", index = "1")
        private Action action;

        Default(Context context) {
            super(context);
        }

        @Override
        public Outcome call() throws Exception {
            String folder = folder();
            return agent(agent -> shown(agent.setDefault(folder, direction.up, action.name())));
        }
    }

    /** {@code tidebox rule candidates}. */
    @Command(name = "candidates")
    static final class Candidates extends OnRules {
        private static final List<String> MODES = List.of("index", "since-transfer");

        @ArgGroup(multiplicity = "1")
        private Direction direction;

        @Parameters(paramLabel = "index|since-transfer", index = "1")
        private String mode;

        @Spec
        private CommandSpec spec;

        Candidates(Context context) {
            super(context);
        }

        @Override
        public Outcome call() throws Exception {
            if (!MODES.contains(mode)) {
                throw new ParameterException(spec.commandLine(), "'" + mode + "' is neither index nor since-transfer");
            }
            String folder = folder();
            return agent(agent -> shown(agent.setCandidates(folder, direction.up, mode)));
        }
    }

    /** {@code tidebox rule list}. */
    @Command(name = "list")
    static final class ListRules extends OnRules {
        ListRules(Context context) {
            super(context);
        }

        @Override
        public Outcome call() throws Exception {
            String folder = folder();
            return agent(agent -> shown(agent.rules(folder)));
        }
    }

    /** {@code tidebox rule remove}. */
    @Command(name = "remove")
    static final class Remove extends OnRules {
        @Parameters(paramLabel = "N", index = "1")
        private int number;

        @ArgGroup(multiplicity = "0..1")
        private Direction direction;

        Remove(Context context) {
            super(context);
        }

        @Override
        public Outcome call() throws Exception {
            String folder = folder();
            return agent(agent -> {
                RuleReport rules = agent.rules(folder);
                boolean inUp = number <= rules.up().rules().size();
                boolean inDown = number <= rules.down().rules().size();
                if (direction == null && inUp && inDown) {
                    return Outcome.failed(rules, "There are two rules " + number
                            + "; say --up or --down. 'tidebox rule list' shows them");
                }
                return shown(agent.removeRule(folder, direction == null ? inUp : direction.up, number));
            });
        }
    }
}
