package org.tidebox.cli.internal.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.tidebox.cli.internal.shell.CommandFailure;
import org.tidebox.cli.internal.shell.Host;
import org.tidebox.cli.internal.shell.Outcome;
import org.tidebox.cli.internal.shell.TideboxCommand;
import org.tidebox.cli.internal.shell.TideboxCommand.Context;
import org.tidebox.cli.internal.shell.Visit;
import org.tidebox.cli.internal.text.Table;
import org.tidebox.cli.internal.text.Units;
import org.tidebox.server.admin.AdminException;
import org.tidebox.server.admin.ServerAdmin;
import org.tidebox.server.admin.ServerStats;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** What an operator does; works while the server runs and while it does not. */
@Command(name = "server")
public final class ServerCommands {
    @Option(names = "--data", paramLabel = "DIR", scope = ScopeType.INHERIT)
    String data;

    private ServerCommands() {
    }

    public static CommandLine group(Context context) {
        ServerCommands group = new ServerCommands();
        return new CommandLine(group).addSubcommand(new Run(context))
                .addSubcommand(ServerAccountCommands.group(context, group))
                .addSubcommand(ServerDeviceCommands.group(context, group))
                .addSubcommand(new Invite(context, group)).addSubcommand(new Stats(context, group))
                .addSubcommand(new ServerUpkeepCommands.Keep(context, group))
                .addSubcommand(new ServerUpkeepCommands.Gc(context, group))
                .addSubcommand(new ServerUpkeepCommands.Scrub(context, group))
                .addSubcommand(new ServerUpkeepCommands.Check(context, group))
                .addSubcommand(new ServerContentCommands.Cat(context, group))
                .addSubcommand(new ServerContentCommands.Put(context, group))
                .addSubcommand(ServerFeatureCommands.group(context, group));
    }

    /** Work for the server. */
    @FunctionalInterface
    interface AdminWork {
        Outcome with(ServerAdmin server) throws AdminException;
    }

    /** A command for the server of a data folder. */
    abstract static class OnServer extends TideboxCommand {
        private final ServerCommands group;

        @Spec
        private CommandSpec spec;

        OnServer(Context context, ServerCommands group) {
            super(context);
            this.group = group;
        }

        /** Checks what every command here needs, before anything is asked or started. */
        final void requireData() {
            if (group.data == null) {
                throw new ParameterException(spec.commandLine(), "Missing required option: '--data DIR'");
            }
        }

        /** Returns the data folder, which is there now. */
        final Path dataFolder() throws IOException {
            requireData();
            Path folder = shell.resolve(group.data);
            Files.createDirectories(folder);
            return folder;
        }

        final Outcome server(AdminWork work) throws CommandFailure, InterruptedException, IOException {
            Path folder = dataFolder();
            Host<ServerAdmin> host = new Host<>(folder, ServerAdmin.class);
            try (Visit<ServerAdmin> visit = host
                    .connectOrStart(() -> shell.product().server(folder, "--transient"))) {
                return work.with(visit.api());
            } catch (AdminException e) {
                throw new CommandFailure(e.getMessage(), e);
            }
        }
    }

    /** {@code tidebox server run}: here for the help only, since the start script starts the server in a process of its own. */
    @Command(name = "run")
    static final class Run extends TideboxCommand {
        @Option(names = "--host", paramLabel = "H")
        private String host;

        @Option(names = "--port", paramLabel = "P")
        private Integer port;

        Run(Context context) {
            super(context);
        }

        @Override
        public Outcome call() throws CommandFailure {
            throw new CommandFailure("The server" + (host == null ? "" : " on " + host)
                    + (port == null ? "" : ", port " + port + ",")
                    + " is started by the product's start script: run 'tidebox server run --data DIR' from the server product's folder");
        }
    }

    /** {@code tidebox server invite}. */
    @Command(name = "invite")
    static final class Invite extends OnServer {
        @Parameters(paramLabel = "NAME")
        private String name;

        Invite(Context context, ServerCommands group) {
            super(context, group);
        }

        @Override
        public Outcome call() throws Exception {
            return server(server -> {
                String code = server.invite(name);
                return Outcome.done(Map.of("account", name, "code", code), code);
            });
        }
    }

    /** {@code tidebox server stats}. */
    @Command(name = "stats")
    static final class Stats extends OnServer {
        Stats(Context context, ServerCommands group) {
            super(context, group);
        }

        @Override
        public Outcome call() throws Exception {
            return server(server -> {
                ServerStats stats = server.stats();
                return Outcome.done(stats, text(stats));
            });
        }

        private static List<String> text(ServerStats stats) {
            return new Table("SERVER", stats.url() == null ? "never ran" : stats.url())
                    .row("fingerprint", stats.fingerprint() == null ? "none yet" : stats.fingerprint())
                    .row("accounts", Units.count(stats.accounts()))
                    .row("libraries", Units.count(stats.libraries()))
                    .row("packs", Units.count(stats.packs()))
                    .row("stored", Units.bytes(stats.bytes()))
                    .row("files with damage", Units.count(stats.wanted()))
                    .row("requests", Units.count(stats.requests())).lines();
        }
    }
}
