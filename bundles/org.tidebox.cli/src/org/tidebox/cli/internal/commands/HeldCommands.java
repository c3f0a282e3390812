package org.tidebox.cli.internal.commands;

import java.util.ArrayList;
import java.util.List;
import org.tidebox.agent.HeldEntry;
import org.tidebox.cli.internal.shell.Outcome;
import org.tidebox.cli.internal.shell.TideboxCommand.Context;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tidebox held}: what the rules hold back. */
@Command(name = "held")
public final class HeldCommands {
    private HeldCommands() {
    }

    public static CommandLine group(Context context) {
        return new CommandLine(new HeldCommands()).addSubcommand(new ListHeld(context))
                .addSubcommand(new Transfer(context));
    }

    /** {@code tidebox held list}. */
    @Command(name = "list")
    static final class ListHeld extends OnAgent {
        ListHeld(Context context) {
            super(context);
        }

        @Override
        public Outcome call() throws Exception {
            return agent(agent -> {
                List<HeldEntry> held = agent.held();
                List<String> lines = new ArrayList<>(HeldText.lines(held, shell));
                lines.add("");
                lines.add(HeldText.count(held) + ". 'tidebox held transfer PATH' sends or fetches one now, once.");
                return Outcome.done(held, held.isEmpty() ? List.of("Nothing is held.") : lines);
            });
        }
    }

    /** {@code tidebox held transfer}. */
    @Command(name = "transfer")
    static final class Transfer extends OnAgent {
        @Parameters(paramLabel = "PATH", arity = "0..*")
        private List<String> paths = new ArrayList<>();

        @Option(names = "--all")
        private boolean all;

        @Spec
        private CommandSpec spec;

        Transfer(Context context) {
            super(context);
        }

        @Override
        public Outcome call() throws Exception {
            List<String> entries = HeldText.entries(paths, all, shell, spec);
            return agent(agent -> {
                List<HeldEntry> going = agent.transferHeld(entries);
                return Outcome.done(going, HeldText.count(going) + (going.size() == 1 ? " goes" : " go")
                        + " now; 'tidebox wait' waits for that.");
            });
        }
    }
}
