package org.tidebox.cli.internal;

import java.util.List;
import org.tidebox.cli.internal.TideboxCommand.Context;
import org.tidebox.cli.internal.text.Table;
import org.tidebox.feature.FeatureStatus;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The swap points of the agent. */
@Command(name = "feature", description = "The parts that can be swapped while the agent runs.")
final class FeatureCommands {
    private FeatureCommands() {
    }

    static CommandLine group(Context context) {
        return new CommandLine(new FeatureCommands()).addSubcommand(new ListFeatures(context))
                .addSubcommand(new Use(context));
    }

    static Outcome list(List<FeatureStatus> features) {
        Table table = new Table("FEATURE", "IN USE", "INSTALLED");
        features.forEach(feature -> table.row(feature.point(), feature.active() == null ? "none" : feature.active(),
                String.join(", ", feature.providers())));
        return Outcome.done(features, table.toString());
    }

    static Outcome used(FeatureStatus feature) {
        return Outcome.done(feature, feature.point() + " is now done by " + feature.active() + ".");
    }

    /** What is to be used where: {@code POINT=PROVIDER}. */
    record Choice(String point, String provider) {
        static Choice parse(String text) throws CommandFailure {
            int equals = text.indexOf('=');
            if (equals <= 0 || equals == text.length() - 1) {
                throw new CommandFailure("'" + text + "' is no choice; write POINT=PROVIDER, such as watch=polling");
            }
            return new Choice(text.substring(0, equals), text.substring(equals + 1));
        }
    }

    /** {@code tidebox feature list}. */
    @Command(name = "list", description = "List what is there and what is in use.")
    static final class ListFeatures extends OnAgent {
        ListFeatures(Context context) {
            super(context);
        }

        @Override
        public Outcome call() throws Exception {
            return agent(agent -> list(agent.features()));
        }
    }

    /** {@code tidebox feature use}. */
    @Command(name = "use", description = "Choose a provider, now and after restarts.")
    static final class Use extends OnAgent {
        @Parameters(paramLabel = "POINT=PROVIDER", description = "Such as watch=polling.")
        private String choice;

        Use(Context context) {
            super(context);
        }

        @Override
        public Outcome call() throws Exception {
            Choice parsed = Choice.parse(choice);
            return agent(agent -> used(agent.useFeature(parsed.point(), parsed.provider())));
        }
    }
}
