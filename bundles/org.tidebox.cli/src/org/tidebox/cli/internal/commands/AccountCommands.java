package org.tidebox.cli.internal.commands;

import java.util.List;
import org.tidebox.agent.AccountStatus;
import org.tidebox.agent.Agent;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.LoginRequest;
import org.tidebox.cli.internal.shell.Outcome;
import org.tidebox.cli.internal.shell.Passwords;
import org.tidebox.cli.internal.text.Units;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Connecting this device with an account. */
public final class AccountCommands {
    private AccountCommands() {
    }

    /** Folders of an earlier login go on by themselves. */
    private static Outcome welcome(AccountStatus account, Agent agent) throws AgentException {
        int folders = agent.listFolders().size();
        return Outcome.done(account, List.of("Logged in as " + account.account() + " on " + account.server()
                + "; this device is '" + account.device() + "'.",
                folders == 0
                        ? "Next: tidebox folder add DIR"
                        : Units.count(folders, "sync folder goes", "sync folders go") + " on: tidebox status"));
    }

    /** {@code tidebox join}. */
    @Command(name = "join")
    public static final class Join extends OnAgent {
        @Parameters(paramLabel = "CODE")
        private String code;

        @Option(names = "--device", paramLabel = "NAME")
        private String device;

        public Join(Context context) {
            super(context);
        }

        @Override
        public Outcome call() throws Exception {
            return agent(agent -> welcome(agent.join(code, device), agent));
        }
    }

    /** {@code tidebox login}. */
    @Command(name = "login")
    public static final class Login extends OnAgent {
        @Parameters(paramLabel = "URL")
        private String url;

        @Option(names = "--account", paramLabel = "NAME", required = true)
        private String account;

        @Option(names = "--password-stdin")
        private boolean passwordFromInput;

        @Option(names = "--fingerprint", paramLabel = "F")
        private String fingerprint;

        @Option(names = "--device", paramLabel = "NAME")
        private String device;

        public Login(Context context) {
            super(context);
        }

        @Override
        public Outcome call() throws Exception {
            String password = new Passwords(shell).existing(passwordFromInput);
            return agent(agent -> welcome(agent.login(new LoginRequest(url, account, password, device, fingerprint)),
                    agent));
        }
    }

    /** {@code tidebox logout}. */
    @Command(name = "logout")
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
