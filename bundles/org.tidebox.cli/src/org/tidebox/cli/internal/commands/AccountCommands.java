package org.tidebox.cli.internal.commands;

import java.util.List;
import org.tidebox.agent.AccountStatus;
import org.tidebox.agent.LoginRequest;
import org.tidebox.cli.internal.shell.Outcome;
import org.tidebox.cli.internal.shell.Passwords;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Connecting this device with an account. */
public final class AccountCommands {
    private AccountCommands() {
    }

    private static Outcome welcome(AccountStatus account) {
        return Outcome.done(account, List.of("Logged in as " + account.account() + " on " + account.server()
                + "; this device is '" + account.device() + "'.", "Next: tidebox folder add DIR"));
    }

    /** {@code tidebox join}. */
    @Command(name = "join", description = "Connect this device with a join code from 'tidebox server invite'.")
    public static final class Join extends OnAgent {
        @Parameters(paramLabel = "CODE", description = "The join code; it works once.")
        private String code;

        @Option(names = "--device", paramLabel = "NAME",
                description = "How to call this device (default: the computer's name).")
        private String device;

        public Join(Context context) {
            super(context);
        }

        @Override
        public Outcome call() throws Exception {
            return agent(agent -> welcome(agent.join(code, device)));
        }
    }

    /** {@code tidebox login}. */
    @Command(name = "login", description = "Connect this device with account and password.")
    public static final class Login extends OnAgent {
        @Parameters(paramLabel = "URL", description = "Where the server is: https://host:port.")
        private String url;

        @Option(names = "--account", paramLabel = "NAME", required = true, description = "The account.")
        private String account;

        @Option(names = "--password-stdin",
                description = "Read the password from the standard input instead of the terminal.")
        private boolean passwordFromInput;

        @Option(names = "--fingerprint", paramLabel = "F",
                description = "The SHA-256 of the server's certificate, as 'tidebox server run' prints it.")
        private String fingerprint;

        @Option(names = "--device", paramLabel = "NAME",
                description = "How to call this device (default: the computer's name).")
        private String device;

        public Login(Context context) {
            super(context);
        }

        @Override
        public Outcome call() throws Exception {
            String password = new Passwords(shell).existing(passwordFromInput);
            return agent(agent -> welcome(agent.login(new LoginRequest(url, account, password, device, fingerprint))));
        }
    }

    /** {@code tidebox logout}. */
    @Command(name = "logout", description = "Forget the account on this device; folders and files stay.")
    public static final class Logout extends OnAgent {
        public Logout(Context context) {
            super(context);
        }

        @Override
        public Outcome call() throws Exception {
            return agent(agent -> {
                agent.logout();
                return Outcome.done(
                        "Logged out. Your folders and files stay; they are synchronised again after the next login.");
            });
        }
    }
}
