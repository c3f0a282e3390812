package org.tidebox.cli.internal.server;

import java.time.ZoneId;
import java.util.List;
import org.tidebox.cli.internal.server.ServerCommands.OnServer;
import org.tidebox.cli.internal.shell.Outcome;
import org.tidebox.cli.internal.shell.TideboxCommand.Context;
import org.tidebox.cli.internal.text.Table;
import org.tidebox.cli.internal.text.Units;
import org.tidebox.server.admin.DeviceInfo;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The devices of the people on a server. */
@Command(name = "device")
final class ServerDeviceCommands {
    private ServerDeviceCommands() {
    }

    static CommandLine group(Context context, ServerCommands server) {
        return new CommandLine(new ServerDeviceCommands()).addSubcommand(new ListDevices(context, server))
                .addSubcommand(new Remove(context, server));
    }

    /** {@code tidebox server device list}. */
    @Command(name = "list")
    static final class ListDevices extends OnServer {
        @Parameters(paramLabel = "NAME", arity = "0..1")
        private String account;

        ListDevices(Context context, ServerCommands server) {
            super(context, server);
        }

        @Override
        public Outcome call() throws Exception {
            return server(server -> {
                List<DeviceInfo> devices = server.listDevices(account);
                return Outcome.done(devices, devices.isEmpty() ? List.of("There is no device.") : table(devices));
            });
        }

        private static List<String> table(List<DeviceInfo> devices) {
            Table table = new Table("ACCOUNT", "DEVICE", ">NUMBER", "LAST SEEN", "ADDRESS", "SINCE");
            devices.forEach(device -> table.row(device.account(), device.name(), Long.toString(device.number()),
                    device.connected() ? "connected" : Units.moment(device.lastSeen(), ZoneId.systemDefault()),
                    device.address() == null ? "" : device.address(),
                    Units.moment(device.created(), ZoneId.systemDefault())));
            return table.lines();
        }
    }

    /** {@code tidebox server device remove}. */
    @Command(name = "remove")
    static final class Remove extends OnServer {
        @Parameters(index = "0", paramLabel = "NAME")
        private String account;

        @Parameters(index = "1", paramLabel = "DEVICE")
        private String device;

        Remove(Context context, ServerCommands server) {
            super(context, server);
        }

        @Override
        public Outcome call() throws Exception {
            return server(server -> {
                DeviceInfo removed = server.removeDevice(account, device);
                return Outcome.done(removed, "Device '" + removed.name() + "' of '" + removed.account()
                        + "' is removed and cut off. What it holds stays on it.");
            });
        }
    }
}
