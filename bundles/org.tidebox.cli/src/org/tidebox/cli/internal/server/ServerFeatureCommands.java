package org.tidebox.cli.internal.server;

import org.tidebox.cli.internal.server.ServerCommands.OnServer;
import org.tidebox.cli.internal.shell.FeatureChoice;
import org.tidebox.cli.internal.shell.Outcome;
import org.tidebox.cli.internal.shell.TideboxCommand.Context;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The swap points of a server. */
@Command(name = "feature")
final class ServerFeatureCommands {
    private ServerFeatureCommands() {
    }

    static CommandLine group(Context context, ServerCommands server) {
        return new CommandLine(new ServerFeatureCommands()).addSubcommand(new ListFeatures(context, server))
                .addSubcommand(new Use(context, server));
    }

    /** {@code tidebox server feature list}. */
    @Command(name = "list")
    static final class ListFeatures extends OnServer {
        ListFeatures(Context context, ServerCommands server) {
            super(context, server);
        }

        @Override
        public Outcome call() throws Exception {
            return server(server -> FeatureChoice.list(server.features()));
        }
    }

    /** {@code tidebox server feature use}. */
    @Command(name = "use")
    static final class Use extends OnServer {
        @Parameters(paramLabel = "POINT=PROVIDER")
        private String choice;

        Use(Context context, ServerCommands server) {
            super(context, server);
        }

        @Override
        public Outcome call() throws Exception {
            FeatureChoice parsed = FeatureChoice.parse(choice);
            return server(server -> FeatureChoice.used(server.useFeature(parsed.point(), parsed.provider())));
        }
    }
}
