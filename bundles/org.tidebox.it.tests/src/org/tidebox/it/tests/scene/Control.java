package org.tidebox.it.tests.scene;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The local control channel of a running agent or server, as docs/protocol.md describes it: to ask costs no process. */
public final class Control {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Control() {
    }

    /** Calls a method of the agent that owns a home, or of the server that owns a data folder, and returns what it answers. */
    public static JsonNode ask(Path home, String method, Object... arguments) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket(home)));
            byte[] line = JSON.writeValueAsBytes(Map.of("id", 1, "method", method, "arguments", List.of(arguments)));
            channel.write(new ByteBuffer[]{ByteBuffer.wrap(line), ByteBuffer.wrap(new byte[]{'\n'})});
            BufferedReader answers = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
            JsonNode answer = JSON.readTree(answers.readLine());
            if (answer.hasNonNull("error")) {
                throw new IOException(method + ": " + answer.get("error"));
            }
            return answer.path("result");
        }
    }

    private static Path socket(Path home) throws IOException {
        Path elsewhere = home.resolve("control.path");
        return Files.exists(elsewhere)
                ? Path.of(Files.readString(elsewhere).strip())
                : home.resolve("control").resolve("socket");
    }
}
