package org.tidebox.cli.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.agent.Agent;
import org.tidebox.agent.events.AgentEvents;
import org.tidebox.cli.internal.shell.GlobalOptions;
import org.tidebox.cli.internal.shell.Product;
import org.tidebox.cli.internal.shell.Shell;
import org.tidebox.cli.internal.shell.TideboxCommand;
import org.tidebox.cli.internal.text.Printer;
import org.tidebox.control.ControlApi;
import org.tidebox.control.ControlServer;
import org.tidebox.control.ControlSocket;
import org.tidebox.server.admin.ServerAdmin;
import org.tidebox.tree.VisibleText;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Every command there is, with names and messages that are chosen to do harm on a terminal. */
@Tag("P3")
class HostileNamesTest {
    /** Begins each line of progress on a terminal. */
    private static final String PROGRESS = "\r\u001b[2K";
    private static final String FORGED = "FORGED";
    private static final List<String> STARTS_PROCESSES = List.of("demo", "agent", "run");
    private static final int ROUNDS = 4;
    @TempDir
    private Path folder;
    private String out;
    private String err;

    @Test
    void nothingHiddenAndNoForgedLineIsPrinted() throws IOException {
        List<String> shown = new ArrayList<>();
        for (int round = -1; round < ROUNDS; round++) {
            try (ControlServer agent = serve("home", Agent.class, round);
                    ControlServer server = serve("data", ServerAdmin.class, round)) {
                for (List<String> command : commands()) {
                    run(command);
                    for (String line : (out + err).split("\n")) {
                        assertThat(line.chars().filter(sign -> VisibleText.isHidden((char) sign)))
                                .as("%s: %s", command, line)
                                .isEmpty();
                        assertThat(line).as("%s", command).doesNotStartWith(FORGED);
                    }
                    if ((out + err).contains("\\x1b]0;x\\x07\\x0a")) {
                        shown.add(String.join(" ", command.subList(0, Math.min(2, command.size()))));
                    }
                    assertIsOneDocument(command);
                }
            }
        }
        assertThat(shown).contains("status", "folder list", "trash list", "conflicts", "history " + Hostile.TEXT,
                "login " + Hostile.TEXT, "server scrub", "server account");
    }

    private void assertIsOneDocument(List<String> command) throws IOException {
        List<String> json = new ArrayList<>(command);
        json.add("--json");
        run(json);
        assertThat(new ObjectMapper().readTree(out)).as("%s", json).isNotNull();
        assertThat(out.chars().filter(sign -> sign != '\n' && VisibleText.isHidden((char) sign))).as("%s", json)
                .isEmpty();
        assertThat(err.chars().filter(sign -> sign != '\n' && VisibleText.isHidden((char) sign))).as("%s", json)
                .isEmpty();
    }

    private <T> ControlServer serve(String name, Class<T> api, int round) throws IOException {
        Path place = Files.createDirectories(folder.resolve(name));
        ControlServer server = new ControlServer(ControlSocket.of(place))
                .serve(new ControlApi<>(api, new Hostile(round).of(api)));
        if (api == Agent.class) {
            server.serve(new ControlApi<>(AgentEvents.class, new Hostile(round).of(AgentEvents.class)));
        }
        server.start();
        return server;
    }

    /** Returns a line for each command, with hostile values for what it needs. */
    private List<List<String>> commands() {
        CommandLine root = CommandTree.build(new TideboxCommand.Context(shell(), new GlobalOptions()), List.of());
        List<List<String>> lines = new ArrayList<>();
        root.getSubcommands().values().forEach(command -> collect(command, new ArrayList<>(), lines));
        assertThat(lines).hasSizeGreaterThan(30);
        return lines;
    }

    private void collect(CommandLine command, List<String> above, List<List<String>> lines) {
        List<String> line = new ArrayList<>(above);
        line.add(command.getCommandName());
        command.getSubcommands().values().forEach(each -> collect(each, line, lines));
        boolean works = command.getCommand() instanceof TideboxCommand;
        if (works && !STARTS_PROCESSES.contains(command.getCommandName())) {
            CommandSpec spec = command.getCommandSpec();
            spec.argGroups().forEach(group -> need(group, line));
            spec.args().stream().filter(arg -> arg.group() == null).filter(this::isWanted)
                    .forEach(arg -> give(arg, line));
            if (line.getFirst().equals("server")) {
                line.addAll(List.of("--data", folder.resolve("data").toString()));
            }
            lines.add(line);
        }
    }

    private boolean isWanted(ArgSpec arg) {
        return arg.required() || arg.isPositional() || arg instanceof OptionSpec option
                && option.longestName().equals("--password-stdin");
    }

    private void need(ArgGroupSpec group, List<String> line) {
        if (group.multiplicity().min() > 0) {
            List<ArgSpec> args = List.copyOf(group.args());
            IntStream.range(0, group.exclusive() ? Math.min(1, args.size()) : args.size())
                    .forEach(i -> give(args.get(i), line));
        }
    }

    private void give(ArgSpec arg, List<String> line) {
        if (arg instanceof OptionSpec option) {
            line.add(option.longestName());
        }
        if (arg.isPositional() || arg.arity().max() > 0) {
            Class<?> type = arg.type();
            line.add(type.isEnum()
                    ? type.getEnumConstants()[0].toString()
                    : type.isPrimitive() || Number.class.isAssignableFrom(type) ? "1" : Hostile.TEXT);
        }
    }

    private void run(List<String> arguments) {
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        new Tidebox(shell(outBytes, errBytes)).run(arguments.toArray(String[]::new));
        out = outBytes.toString(StandardCharsets.UTF_8);
        err = errBytes.toString(StandardCharsets.UTF_8).replace(PROGRESS, "");
    }

    private Shell shell() {
        return shell(new ByteArrayOutputStream(), new ByteArrayOutputStream());
    }

    private Shell shell(ByteArrayOutputStream outBytes, ByteArrayOutputStream errBytes) {
        return new Shell(new ByteArrayInputStream("correct horse battery\n".getBytes(StandardCharsets.UTF_8)),
                new Printer(new PrintStream(outBytes, true, StandardCharsets.UTF_8)),
                new Printer(new PrintStream(errBytes, true, StandardCharsets.UTF_8)),
                Map.of("TIDEBOX_HOME", folder.resolve("home").toString()), new Product(null, null), folder, () -> true);
    }
}
