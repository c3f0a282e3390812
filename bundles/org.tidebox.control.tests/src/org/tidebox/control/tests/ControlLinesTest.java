package org.tidebox.control.tests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidebox.control.ControlApi;
import org.tidebox.control.ControlServer;
import org.tidebox.control.ControlSocket;

/** What callers of other kinds may send. */
@Tag("C9")
@Timeout(60)
class ControlLinesTest {
    private static final String GOOD = "{\"id\":1,\"method\":\"kitchen.order\",\"arguments\":[{\"count\":2}]}";
    @TempDir
    Path home;
    private ControlServer server;
    private SocketChannel channel;
    private BufferedReader answers;

    @BeforeEach
    void serve() throws IOException {
        Path socket = ControlSocket.of(home);
        server = new ControlServer(socket).serve(new ControlApi<>(Kitchen.class, new Kitchen.Cook()));
        server.start();
        channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        answers = new BufferedReader(Channels.newReader(channel, UTF_8));
    }

    @AfterEach
    void end() throws IOException {
        channel.close();
        server.close();
    }

    @Test
    void aLineGetsALine() throws IOException {
        assertThat(ask(GOOD)).isEqualTo("{\"id\":1,\"result\":2}");
        assertThat(ask("{\"arguments\":[],\"method\":\"kitchen.nothing\",\"id\":\"x\"}"))
                .isEqualTo("{\"id\":\"x\",\"result\":null}");
        assertThat(ask("{\"method\":\"kitchen.nothing\"}")).isEqualTo("{\"id\":null,\"result\":null}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            garbage | not well-formed
            {"id":1 | not well-formed
            `` | no JSON value
            [] | a request is a JSON object
            7 | a request is a JSON object
            {} {} | more than one
            {"id":1} | no method 'null'
            {"id":1,"method":"kitchen.dance"} | no method 'kitchen.dance'
            {"id":1,"method":"kitchen.toString"} | no method 'kitchen.toString'
            {"id":1,"method":"kitchen.getClass"} | no method 'kitchen.getClass'
            {"id":1,"method":"kitchen.order"} | takes a list of 1 arguments
            {"id":1,"method":"kitchen.order","arguments":{}} | takes a list of 1 arguments
            {"id":1,"method":"kitchen.order","arguments":[1,2]} | takes a list of 1 arguments
            {"id":1,"method":"kitchen.order","arguments":["x"]} | expected a value for Order
            {"id":1,"method":"kitchen.order","arguments":[{"count":0}]} | at least one, got 0
            {"id":1,"method":"kitchen.order","arguments":[{"count":"1"}]} | expected a value for int
            {"id":1,"method":"kitchen.order","arguments":[{"count":1.5}]} | whole number
            {"id":1,"method":"kitchen.order","arguments":[{"count":99999999999}]} | at most 32 bits
            {"id":1,"method":"kitchen.order","arguments":[{"count":99999999999999999999}]} | at most 64 bits
            {"id":1,"method":"kitchen.order","arguments":[null]} | takes Order as its argument 1, got null
            {"id":1,"method":"kitchen.secret","arguments":[null]} | takes char[] as its argument 1, got null
            {"id":1,"method":"kitchen.menu","arguments":[null]} | takes int as its argument 1, got null
            {"id":1,"method":"kitchen.same","arguments":[{"sides":[null]}]} | got null in it
            {"id":1,"method":"kitchen.same","arguments":[{"taste":"SOUR"}]} | there is no Taste 'SOUR'
            {"id":1,"method":"kitchen.same","arguments":[{"made":"noon"}]} | not a valid Instant
            {"id":1,"method":"kitchen.same","arguments":[{"recipe":"\\u0000"}]} | Nul
            """)
    void badLinesGetAnErrorAndTheConnectionGoesOn(String line, String message) throws IOException {
        assertThat(ask(line)).contains("\"error\":{", message);
        assertThat(ask(GOOD)).isEqualTo("{\"id\":1,\"result\":2}");
    }

    @Test
    void nullIsGoodWhereTheInterfaceSaysSo() throws IOException {
        assertThat(ask("{\"id\":1,\"method\":\"kitchen.season\",\"arguments\":[\"soup\",null]}"))
                .isEqualTo("{\"id\":1,\"result\":\"soup\"}");
        assertThat(ask("{\"id\":1,\"method\":\"kitchen.season\",\"arguments\":[null,\"salt\"]}")).contains("error");
    }

    @Test
    void aLineThatIsTooLongIsPassedOver() throws IOException {
        send("x".repeat(17 << 20));
        assertThat(ask("")).contains("at most 16777216 bytes");
        assertThat(ask(GOOD)).isEqualTo("{\"id\":1,\"result\":2}");
    }

    @Test
    void anIdComesBackAsItWas() throws IOException {
        for (String id : new String[]{"123456789012345678901", "1.5", "-7", "[1,{\"a\":null}]"}) {
            assertThat(ask("{\"id\":" + id + ",\"method\":\"kitchen.nothing\"}"))
                    .isEqualTo("{\"id\":" + id + ",\"result\":null}");
        }
    }

    @Test
    void deepNestingIsRefused() throws IOException {
        assertThat(ask("[".repeat(100_000))).contains("error");
        assertThat(ask(GOOD)).isEqualTo("{\"id\":1,\"result\":2}");
    }

    @Test
    void noiseGetsErrorsOnly() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            byte[] line = GOOD.getBytes(UTF_8);
            for (int i = random.nextInt(3); i >= 0; i--) {
                line[random.nextInt(line.length)] = (byte) (11 + random.nextInt(245));
            }
            line[line.length - 1] = (byte) '!';
            channel.write(ByteBuffer.wrap(line));
            assertThat(ask("")).as("seed %d", seed).contains("error");
        }
        assertThat(ask(GOOD)).isEqualTo("{\"id\":1,\"result\":2}");
    }

    private String ask(String line) throws IOException {
        send(line + "\n");
        return answers.readLine();
    }

    private void send(String text) throws IOException {
        ByteBuffer bytes = UTF_8.encode(text);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
