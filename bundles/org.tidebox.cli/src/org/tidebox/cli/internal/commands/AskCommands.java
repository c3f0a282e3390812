package org.tidebox.cli.internal.commands;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tidebox.agent.AskAnswer;
import org.tidebox.agent.AskReport;
import org.tidebox.agent.HeldEntry;
import org.tidebox.cli.internal.shell.Outcome;
import org.tidebox.cli.internal.shell.TideboxCommand.Context;
import org.tidebox.cli.internal.text.Units;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tidebox ask}: what a rule wants a person to decide. */
@Command(name = "ask")
public final class AskCommands {
    private AskCommands() {
    }

    public static CommandLine group(Context context) {
        return new CommandLine(new AskCommands()).addSubcommand(new ListAsked(context))
                .addSubcommand(new Wait(context)).addSubcommand(new Answer(context));
    }

    /** {@code tidebox ask list}. */
    @Command(name = "list")
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
                lines.add(
                        HeldText.count(asked) + ". Answer with: tidebox ask answer transfer|hold PATH…|--all [--rule]");
                return Outcome.done(asked, asked.isEmpty() ? List.of("Nothing is asked.") : lines);
            });
        }
    }

    /** {@code tidebox ask wait}. */
    @Command(name = "wait")
    static final class Wait extends OnAgent {
        private static final long MILLIS = 1000;

        @Option(names = "--after", paramLabel = "N")
        private long after;

        @Option(names = "--timeout", paramLabel = "S", defaultValue = "3600")
        private double timeout;

        Wait(Context context) {
            super(context);
        }

        @Override
        public Outcome call() throws Exception {
            return agent(agent -> {
                AskReport question = agent.nextQuestion(after, (long) (Math.max(0, timeout) * MILLIS));
                return question == null
                        ? Outcome.failed(Map.of("asked", false), "tidebox: Nothing was asked")
                        : Outcome.done(question, "Question " + question.number() + ": what about "
                                + Units.count(question.entries(), "entry", "entries") + " with "
                                + Units.bytes(question.bytes()) + " in " + shell.show(question.directory()) + "? "
                                + Units.count(question.waiting()) + " in all; 'tidebox ask list' shows them.");
            });
        }
    }

    /** {@code tidebox ask answer}. */
    @Command(name = "answer")
    static final class Answer extends OnAgent {
        /** What can be answered. */
        enum Reply {
            transfer, hold
        }

        @Parameters(paramLabel = "transfer|hold", index = "0")
        private Reply reply;

        @Parameters(paramLabel = "PATH", index = "1..*", arity = "0..*")
        private List<String> paths = new ArrayList<>();

        @Option(names = "--all")
        private boolean all;

        @Option(names = "--rule")
        private boolean rule;

        @Spec
        private CommandSpec spec;

        Answer(Context context) {
            super(context);
        }

        @Override
        public Outcome call() throws Exception {
            List<String> entries = HeldText.entries(paths, all, shell, spec);
            return agent(agent -> {
                List<HeldEntry> answered = agent
                        .answerAsked(new AskAnswer(entries, reply == Reply.transfer, rule));
                return Outcome.done(answered, HeldText.count(answered) + (reply == Reply.transfer
                        ? " may be transferred now."
                        : rule
                                ? " stay where they are."
                                : " stay where they are, until their content changes."));
            });
        }
    }
}
