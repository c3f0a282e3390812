package org.tidebox.cli.internal.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.agent.Agent;
import org.tidebox.cli.internal.FakeAgent;
import org.tidebox.control.ControlApi;
import org.tidebox.control.ControlException;
import org.tidebox.control.ControlServer;
import org.tidebox.control.ControlSocket;

/** Reaching and starting processes; small scripts stand in for the product's. */
@Tag("P5")
@EnabledOnOs({OS.LINUX, OS.MAC})
class HostTest {
    @TempDir
    private Path folder;
    private Host<Agent> host;
    private ControlServer control;

    @BeforeEach
    void prepare() throws IOException {
        host = new Host<>(folder, Agent.class);
        control = new ControlServer(ControlSocket.of(folder)).serve(new ControlApi<>(Agent.class, new FakeAgent()));
    }

    @AfterEach
    void end() {
        control.close();
    }

    @Test
    void processThatRunsIsUsedAndNoneIsStarted() throws Exception {
        control.start();
        try (Visit<Agent> connection = host.connectOrStart(() -> {
            throw new CommandFailure("nothing is to be started");
        })) {
            assertThat(connection.api().status().account()).isEqualTo(FakeAgent.ADA);
        }
    }

    @Test
    void noProcessIsTold() {
        assertThatThrownBy(host::connect).isInstanceOf(ControlException.class)
                .matches(e -> ((ControlException) e).isNotRunning());
    }

    @Test
    void lastWordOfAProcessThatFailsIsTheMessage() throws IOException {
        List<String> command = script(
                "echo some warning; echo 'tidebox: The database is damaged; put a good copy there' >&2; exit 1");
        assertThatThrownBy(() -> host.connectOrStart(() -> command)).isInstanceOf(CommandFailure.class)
                .hasMessage("The database is damaged; put a good copy there");
    }

    @Test
    void processOfAnotherCommandIsWaitedFor() throws Exception {
        List<String> command = script(
                "touch '" + folder + "/tried'; echo taken; echo 'Another one was faster' >&2; exit 1");
        CompletableFuture<Visit<Agent>> connection = CompletableFuture.supplyAsync(() -> {
            try {
                return host.connectOrStart(() -> command);
            } catch (CommandFailure | InterruptedException e) {
                throw new CompletionException(e);
            }
        });
        await().until(() -> Files.exists(folder.resolve("tried")));
        control.start();
        try (Visit<Agent> connected = connection.get()) {
            assertThat(connected.api().status().account()).isEqualTo(FakeAgent.ADA);
        }
    }

    @Test
    void processThatDoesNotGetReadyIsEnded() throws IOException {
        List<String> command = script("echo $$ > '" + folder + "/pid'; exec tail -f /dev/null");
        assertThatThrownBy(() -> new Launcher(Duration.ofSeconds(1)).start(command)).hasMessageContaining("not ready");
        long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
        await().until(() -> ProcessHandle.of(pid).isEmpty() || !ProcessHandle.of(pid).get().isAlive());
    }

    @Test
    void productsAreFoundWhereTheStartScriptSays() throws Exception {
        Files.writeString(folder.resolve("tidebox"), "");
        Properties properties = new Properties();
        properties.setProperty("tidebox.product", folder.toString());
        Product product = Product.locate(properties,
                Map.of("TIDEBOX_SERVER_PRODUCT", folder.resolve("server").toString()));
        assertThat(product.agent(Path.of("/home"), "--transient"))
                .containsExactly(folder.resolve("tidebox").toString(), "agent", "--home", "/home", "--transient");
        assertThatThrownBy(() -> product.server(Path.of("/data"))).hasMessageContaining("TIDEBOX_SERVER_PRODUCT")
                .hasMessageContaining(folder.resolve("server").toString());
    }

    private List<String> script(String body) throws IOException {
        Path script = Files.writeString(folder.resolve("script"), "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return List.of(script.toString());
    }
}
