package org.tidebox.cli.internal.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.tidebox.agent.Agent;
import org.tidebox.cli.internal.shell.CommandFailure;
import org.tidebox.cli.internal.shell.Host;
import org.tidebox.cli.internal.shell.Shell;
import org.tidebox.cli.internal.shell.Terminal;
import org.tidebox.cli.internal.shell.Until;
import org.tidebox.cli.internal.text.Ink;
import org.tidebox.cli.internal.text.Printer;
import org.tidebox.cli.internal.text.Units;
import org.tidebox.control.ControlConnection;
import org.tidebox.control.ControlException;
import org.tidebox.server.admin.AdminException;
import org.tidebox.server.admin.ServerAdmin;

/** The whole demo: prepares server and devices, lets the story happen, and cleans up. */
public final class Demo {
    private static final String ACCOUNT = "ada";
    private static final long SEED = 20260214;

    private final Shell shell;
    private final boolean interactive;
    private final Stage stage;

    /**
     * Makes a demo.
     *
     * @param silent whether to tell nothing, for programs that want the result only
     */
    public Demo(Shell shell, boolean silent) {
        this.shell = shell;
        this.interactive = !silent && shell.interactive().getAsBoolean()
                && !"true".equals(shell.environment().get("CI"));
        Printer out = silent ? Printer.silent() : shell.out();
        Ink ink = new Ink(Terminal.wantsColours(shell.environment(), interactive));
        this.stage = new Stage(out, ink, interactive && !"dumb".equals(shell.environment().get("TERM")));
    }

    /**
     * Runs from start to end; on a terminal it goes on until the user ends the process.
     *
     * @param keep whether the folder stays
     */
    public DemoResult run(boolean keep) throws Exception {
        DemoFolder folder = DemoFolder.create(shell.resolve("demo"));
        DemoProcesses processes = new DemoProcesses();
        Cleanup cleanup = new Cleanup(shell.err(), processes, folder, keep);
        Thread hook = new Thread(cleanup::run, "demo-cleanup");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return tell(folder, processes, keep, cleanup::isDone);
        } finally {
            if (cleanup.run()) {
                Runtime.getRuntime().removeShutdownHook(hook);
            }
        }
    }

    private DemoResult tell(DemoFolder folder, DemoProcesses processes, boolean keep, BooleanSupplier isOver)
            throws Exception {
        stage.say(stage.ink().bold("Tidebox demo") + ": a server and two devices on this computer, in ./demo");
        stage.say("");
        startServer(folder, processes);
        List<String> codes = makeAccount(folder);
        try (ControlConnection one = startAgent(folder, processes, "laptop", codes.get(0));
                ControlConnection two = startAgent(folder, processes, "desktop", codes.get(1));
                Until until = new Until()) {
            DemoDevice laptop = new DemoDevice("laptop", folder.files("laptop"), one.api(Agent.class));
            DemoDevice desktop = new DemoDevice("desktop", folder.files("desktop"), two.api(Agent.class));
            Story story = new Story(stage, laptop, desktop, until);
            long[] size = fill(laptop, desktop);
            story.firstSync(size[0], size[1]);
            story.everydayLife();
            TreeComparison comparison = TreeComparison.of(laptop.files(), desktop.files());
            DemoResult result = new DemoResult(story.chapters(), comparison.isSame(), comparison.files(),
                    comparison.bytes(),
                    comparison.differences());
            Ending ending = new Ending(stage, shell, folder);
            ending.summary(result, keep);
            if (interactive) {
                ending.goOn(List.of(laptop, desktop), isOver);
            }
            return result;
        }
    }

    private void startServer(DemoFolder folder, DemoProcesses processes)
            throws CommandFailure, InterruptedException, IOException {
        long started = System.nanoTime();
        Files.createDirectories(folder.serverData());
        String ready = processes
                .start(shell.product().server(folder.serverData(), "--host", "127.0.0.1", "--port", "0"));
        String[] words = ready.split(" ");
        stage.step("A server runs on " + (words.length > 1 ? words[1] : "this computer"), since(started),
                "HTTP/2 over TLS 1.3");
    }

    private List<String> makeAccount(DemoFolder folder)
            throws CommandFailure, ControlException, AdminException, InterruptedException {
        long started = System.nanoTime();
        byte[] password = new byte[16];
        new SecureRandom().nextBytes(password);
        try (ControlConnection server = new Host<>(folder.serverData(), ServerAdmin.class).connectSoon()) {
            server.api(ServerAdmin.class).addAccount(ACCOUNT, HexFormat.of().formatHex(password));
            List<String> codes = List.of(server.api(ServerAdmin.class).invite(ACCOUNT),
                    server.api(ServerAdmin.class).invite(ACCOUNT));
            stage.step("It knows the account '" + ACCOUNT + "' and gave two join codes", since(started), "");
            return codes;
        }
    }

    private ControlConnection startAgent(DemoFolder folder, DemoProcesses processes, String name, String code)
            throws Exception {
        long started = System.nanoTime();
        Path home = folder.home(name);
        processes.start(shell.product().agent(home));
        ControlConnection connection = new Host<>(home, Agent.class).connectSoon();
        connection.api(Agent.class).join(code, name);
        stage.step("The " + name + " runs and joined", since(started), "");
        return connection;
    }

    private long[] fill(DemoDevice laptop, DemoDevice desktop) throws IOException {
        long started = System.nanoTime();
        new SampleFiles(SEED).writeTo(laptop.files());
        Files.createDirectories(desktop.files());
        try (Stream<Path> all = Files.walk(laptop.files())) {
            List<Path> files = all.filter(Files::isRegularFile).toList();
            long bytes = files.stream().mapToLong(file -> file.toFile().length()).sum();
            stage.step("The laptop has a folder with " + Units.count(files.size(), "file"), since(started),
                    Units.bytes(bytes));
            return new long[]{files.size(), bytes};
        }
    }

    private static Duration since(long started) {
        return Duration.ofNanos(System.nanoTime() - started);
    }
}
