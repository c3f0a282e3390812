package org.tidebox.cli.internal.server;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.tidebox.cli.internal.server.ServerCommands.OnServer;
import org.tidebox.cli.internal.shell.Outcome;
import org.tidebox.cli.internal.shell.Passwords;
import org.tidebox.cli.internal.shell.TideboxCommand.Context;
import org.tidebox.cli.internal.text.Table;
import org.tidebox.cli.internal.text.Units;
import org.tidebox.server.admin.AccountInfo;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The people on a server. */
@Command(name = "account")
final class ServerAccountCommands {
    private ServerAccountCommands() {
    }

    static CommandLine group(Context context, ServerCommands server) {
        return new CommandLine(new ServerAccountCommands()).addSubcommand(new Add(context, server))
                .addSubcommand(new ListAccounts(context, server)).addSubcommand(new Disable(context, server))
                .addSubcommand(new Quota(context, server)).addSubcommand(new Password(context, server));
    }

    /** {@code tidebox server account add}. */
    @Command(name = "add")
    static final class Add extends OnServer {
        @Parameters(paramLabel = "NAME")
        private String name;

        @Option(names = "--password-stdin")
        private boolean passwordFromInput;

        Add(Context context, ServerCommands server) {
            super(context, server);
        }

        @Override
        public Outcome call() throws Exception {
            requireData();
            String password = new Passwords(shell).fresh(passwordFromInput);
            return server(server -> {
                AccountInfo added = server.addAccount(name, password);
                return Outcome.done(added,
                        "Account '" + added.name() + "' is there. Connect a device: tidebox server invite "
                                + added.name()
                                + " --data DIR");
            });
        }
    }

    /** {@code tidebox server account list}. */
    @Command(name = "list")
    static final class ListAccounts extends OnServer {
        ListAccounts(Context context, ServerCommands server) {
            super(context, server);
        }

        @Override
        public Outcome call() throws Exception {
            return server(server -> {
                List<AccountInfo> accounts = server.listAccounts();
                return Outcome.done(accounts, accounts(accounts));
            });
        }
    }

    /** {@code tidebox server account disable}. */
    @Command(name = "disable")
    static final class Disable extends OnServer {
        @Parameters(paramLabel = "NAME")
        private String name;

        @Option(names = "--undo")
        private boolean undo;

        @Option(names = "--keep-devices")
        private boolean keepDevices;

        @Spec
        private CommandSpec spec;

        Disable(Context context, ServerCommands server) {
            super(context, server);
        }

        @Override
        public Outcome call() throws Exception {
            if (undo && keepDevices) {
                throw new ParameterException(spec.commandLine(),
                        "--keep-devices is said when an account is disabled, not with --undo");
            }
            return server(server -> {
                server.disableAccount(name, !undo, keepDevices);
                return Outcome.done("Account '" + name + "' is " + (undo ? "let in again" : "locked out")
                        + "; its files"
                        + " stay"
                        + (undo ? "." : keepDevices ? ", and so do its devices." : "; its devices are removed."));
            });
        }
    }

    /** {@code tidebox server account password}. */
    @Command(name = "password")
    static final class Password extends OnServer {
        @Parameters(paramLabel = "NAME")
        private String name;

        @Option(names = "--password-stdin")
        private boolean passwordFromInput;

        @Option(names = "--log-out-devices", negatable = true)
        private Boolean logOutDevices;

        Password(Context context, ServerCommands server) {
            super(context, server);
        }

        @Override
        public Outcome call() throws Exception {
            requireData();
            Passwords passwords = new Passwords(shell);
            String password = passwords.fresh(passwordFromInput);
            boolean logOut = passwords.agrees(logOutDevices, passwordFromInput,
                    "Remove all devices of '" + name + "' as well?");
            return server(server -> {
                int removed = server.setPassword(name, password, logOut);
                return Outcome.done(Map.of("account", name, "loggedOut", removed),
                        "Account '" + name + "' has a new password; " + (logOut
                                ? Units.count(removed, "device") + " removed."
                                : "its devices stay logged in."));
            });
        }
    }

    /** {@code tidebox server account quota}. */
    @Command(name = "quota")
    static final class Quota extends OnServer {
        @Parameters(index = "0", paramLabel = "NAME")
        private String name;

        @Parameters(index = "1", paramLabel = "SIZE")
        private String size;

        @Spec
        private CommandSpec spec;

        Quota(Context context, ServerCommands server) {
            super(context, server);
        }

        @Override
        public Outcome call() throws Exception {
            long bytes = bytes();
            return server(server -> {
                server.setQuota(name, bytes);
                return Outcome.done(bytes == 0
                        ? "Account '" + name + "' has no limit."
                        : "Account '" + name + "' may store " + Units.bytes(bytes) + ".");
            });
        }

        private long bytes() {
            try {
                return Units.parseBytes(size);
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), e.getMessage(), e);
            }
        }
    }

    private static List<String> accounts(List<AccountInfo> accounts) {
        if (accounts.isEmpty()) {
            return List.of("There is no account yet. Add one: tidebox server account add NAME --data DIR");
        }
        Table table = new Table("ACCOUNT", ">USED", ">QUOTA", "SINCE", "");
        accounts.forEach(account -> table.row(account.name(), Units.bytes(account.used()),
                account.quota() == 0 ? "none" : Units.bytes(account.quota()),
                Units.moment(account.created(), ZoneId.systemDefault()),
                account.disabled() ? "disabled" : ""));
        return table.lines();
    }
}
