package org.tidebox.cli.internal;

import java.util.ArrayList;
import java.util.List;
import org.tidebox.agent.HeldEntry;
import org.tidebox.cli.internal.TideboxCommand.Context;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tidebox ask}: what a rule wants a person to decide. */
@Command(name = "ask", description = "What rules ask you about.")
final class AskCommands {
    private AskCommands() {
    }

    static CommandLine group(Context context) {
        return new CommandLine(new AskCommands()).addSubcommand(new ListAsked(context))
                .addSubcommand(new Answer(context));
    }

    /** {@code tidebox ask list}. */
    @Command(name = "list", description = "List what waits for your answer; it is held until then.")
    static final class ListAsked extends OnAgent {
        ListAsked(Context context) {
            super(context);
        }

        @Override
        public Outcome call() throws Exception {
            return agent(agent -> {
                List<HeldEntry> asked = agent.held().stream().filter(HeldEntry::asked).toList();
                List<String> lines = new ArrayList<>(HeldText.lines(asked, shell));
                lines.add("");
                lines.add(HeldText.count(asked) + ". Answer with: tidebox ask answer transfer|hold PATH…|--all");
                return Outcome.done(asked, asked.isEmpty() ? "Nothing is asked." : String.join("\n", lines));
            });
        }
    }

    /** {@code tidebox ask answer}. */
    @Command(name = "answer", description = "Answer for some entries, or for all; for their content as it is now.")
    static final class Answer extends OnAgent {
        /** What can be answered. */
        enum Reply {
            transfer, hold
        }

        @Parameters(paramLabel = "transfer|hold", index = "0", description = "What is done with them.")
        private Reply reply;

        @Parameters(paramLabel = "PATH", index = "1..*", arity = "0..*",
                description = "Files; of a folder all that is asked in it.")
        private List<String> paths = new ArrayList<>();

        @Option(names = "--all", description = "Everything that is asked.")
        private boolean all;

        @Spec
        private CommandSpec spec;

        Answer(Context context) {
            super(context);
        }

        @Override
        public Outcome call() throws Exception {
            List<String> entries = HeldText.entries(paths, all, shell, spec);
            return agent(agent -> {
                List<HeldEntry> answered = agent.decideHeld(entries, reply == Reply.transfer, true);
                return Outcome.done(answered, HeldText.count(answered) + (reply == Reply.transfer
                        ? " may be transferred now."
                        : " stay where they are, until their content changes."));
            });
        }
    }
}
