package org.tidebox.fuzz.tests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.tidebox.agent.Agent;
import org.tidebox.control.ControlApi;
import org.tidebox.control.ControlServer;
import org.tidebox.control.ControlSocket;

/** A line on the control socket of an agent that does nothing: each gets one line for an answer, whatever it is. */
final class ControlTarget implements Target {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Path home;
    private final ControlServer server;
    private final SocketChannel channel;
    private final BufferedReader answers;

    ControlTarget() {
        try {
            home = TemporaryFolder.create();
            Path socket = ControlSocket.of(home);
            server = new ControlServer(socket).serve(new ControlApi<>(Agent.class, idle()));
            server.start();
            channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.connect(UnixDomainSocketAddress.of(socket));
            answers = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("a control socket cannot be made", e);
        }
    }

    private static Agent idle() {
        return (Agent) Proxy.newProxyInstance(Agent.class.getClassLoader(), new Class<?>[]{Agent.class},
                (proxy, method, arguments) -> method.getReturnType() == boolean.class ? false : null);
    }

    @Override
    public void accept(byte[] input) throws Exception {
        byte[] line = input.clone();
        for (int i = 0; i < line.length; i++) {
            line[i] = line[i] == '\n' ? (byte) ' ' : line[i];
        }
        ByteBuffer sent = ByteBuffer.allocate(line.length + 1).put(line).put((byte) '\n').flip();
        while (sent.hasRemaining()) {
            channel.write(sent);
        }
        String answer = answers.readLine();
        JsonNode read = answer == null ? null : JSON.readTree(answer);
        if (read == null || !read.has("id") || read.has("error") == read.has("result")) {
            throw new AssertionError("the answer to a line is " + answer);
        }
    }

    @Override
    public List<byte[]> seeds() {
        return List.of(Samples.utf8("{\"id\":1,\"method\":\"agent.status\",\"arguments\":[]}"),
                Samples.utf8("{\"id\":\"x\",\"method\":\"agent.history\",\"arguments\":[\"/a/b\"]}"),
                Samples.utf8("{\"id\":null,\"method\":\"agent.restoreTrash\",\"arguments\":[[\"a\",\"\\u0001\"]]}"),
                Samples.utf8("{\"id\":1.5e3,\"method\":\"agent.addFolder\",\"arguments\":[{\"a\":[true,false,-1]}]}"));
    }

    @Override
    public void close() throws IOException {
        channel.close();
        server.close();
        TemporaryFolder.delete(home);
    }
}
