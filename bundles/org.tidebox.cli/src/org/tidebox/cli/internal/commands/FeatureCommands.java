package org.tidebox.cli.internal.commands;

import org.tidebox.cli.internal.shell.FeatureChoice;
import org.tidebox.cli.internal.shell.Outcome;
import org.tidebox.cli.internal.shell.TideboxCommand.Context;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The swap points of the agent. */
@Command(name = "feature")
public final class FeatureCommands {
    private FeatureCommands() {
    }

    public static CommandLine group(Context context) {
        return new CommandLine(new FeatureCommands()).addSubcommand(new ListFeatures(context))
                .addSubcommand(new Use(context));
    }

    /** {@code tidebox feature list}. */
    @Command(name = "list")
    static final class ListFeatures extends OnAgent {
        ListFeatures(Context context) {
            super(context);
        }

        @Override
        public Outcome call() throws Exception {
            return agent(agent -> FeatureChoice.list(agent.features()));
        }
    }

    /** {@code tidebox feature use}. */
    @Command(name = "use")
    static final class Use extends OnAgent {
        @Parameters(paramLabel = "POINT=PROVIDER")
        private String choice;

        Use(Context context) {
            super(context);
        }

        @Override
        public Outcome call() throws Exception {
            FeatureChoice parsed = FeatureChoice.parse(choice);
            return agent(agent -> FeatureChoice.used(agent.useFeature(parsed.point(), parsed.provider())));
        }
    }
}
