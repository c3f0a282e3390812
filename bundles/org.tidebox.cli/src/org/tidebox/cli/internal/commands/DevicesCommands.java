package org.tidebox.cli.internal.commands;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.tidebox.agent.DeviceReport;
import org.tidebox.cli.internal.shell.Outcome;
import org.tidebox.cli.internal.shell.Passwords;
import org.tidebox.cli.internal.shell.TideboxCommand.Context;
import org.tidebox.cli.internal.text.Table;
import org.tidebox.cli.internal.text.Units;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidebox devices}: the devices of one's account. */
@Command(name = "devices")
public final class DevicesCommands {
    private DevicesCommands() {
    }

    public static CommandLine group(Context context) {
        return new CommandLine(new DevicesCommands()).addSubcommand(new ListDevices(context))
                .addSubcommand(new Remove(context));
    }

    /** {@code tidebox devices list}. */
    @Command(name = "list")
    static final class ListDevices extends OnAgent {
        ListDevices(Context context) {
            super(context);
        }

        @Override
        public Outcome call() throws Exception {
            return agent(agent -> {
                List<DeviceReport> devices = agent.devices();
                return Outcome.done(devices, table(devices));
            });
        }

        private static List<String> table(List<DeviceReport> devices) {
            Table table = new Table("DEVICE", ">NUMBER", "LAST SEEN", "ADDRESS", "SINCE", "");
            devices.forEach(device -> table.row(device.name(), Long.toString(device.number()),
                    device.connected() ? "connected" : Units.moment(device.lastSeen(), ZoneId.systemDefault()),
                    device.address() == null ? "" : device.address(),
                    Units.moment(device.created(), ZoneId.systemDefault()), device.own() ? "this device" : ""));
            return table.lines();
        }
    }

    /** {@code tidebox devices remove}. */
    @Command(name = "remove")
    static final class Remove extends OnAgent {
        @Parameters(paramLabel = "NAME")
        private String device;

        @Option(names = "--password-stdin")
        private boolean passwordFromInput;

        Remove(Context context) {
            super(context);
        }

        @Override
        public Outcome call() throws Exception {
            String password = new Passwords(shell).existing(passwordFromInput);
            return agent(agent -> {
                agent.removeDevice(device, password);
                String shown = device.chars().allMatch(Character::isDigit)
                        ? "Device " + device
                        : "The device '" + device + "'";
                return Outcome.done(shown + " is removed and cut off. What it holds stays on it.");
            });
        }
    }

    /** {@code tidebox password}. */
    @Command(name = "password")
    public static final class Password extends OnAgent {
        @Option(names = "--password-stdin")
        private boolean passwordFromInput;

        @Option(names = "--log-out-others", negatable = true)
        private Boolean logOutOthers;

        public Password(Context context) {
            super(context);
        }

        @Override
        public Outcome call() throws Exception {
            Passwords passwords = new Passwords(shell);
            String present = passwords.existing(passwordFromInput);
            String fresh = passwords.fresh(passwordFromInput);
            boolean logOut = passwords.agrees(logOutOthers, passwordFromInput,
                    "Remove all your other devices as well?");
            return agent(agent -> {
                int removed = agent.changePassword(present, fresh, logOut);
                return Outcome.done(Map.of("loggedOut", removed), "The password is changed; " + (logOut
                        ? Units.count(removed, "other device") + " removed. This one stays logged in."
                        : "your other devices stay logged in. See them: tidebox devices list"));
            });
        }
    }
}
