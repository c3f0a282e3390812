package org.tidebox.fuzz.tests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tidebox.server.data.ServerLocation;
import org.tidebox.server.data.ServerStartException;

/** The server's command line and its file of options. */
final class OptionsTarget implements Target {
    private final Path folder = TemporaryFolder.create();

    @Override
    public void accept(byte[] input) throws Exception {
        Draw draw = new Draw(input);
        List<String> arguments = new ArrayList<>(List.of("server", "run", "--data", folder.toString()));
        for (int i = draw.next() % 4; i > 0; i--) {
            arguments.add(new String(draw.some(), StandardCharsets.UTF_8));
        }
        Files.write(folder.resolve(ServerLocation.OPTIONS_FILE), draw.rest());
        try {
            ServerLocation.isMeantBy(arguments);
            ServerLocation.parse(arguments);
        } catch (ServerStartException e) {
            return;
        }
    }

    @Override
    public List<byte[]> seeds() {
        return List.of(Samples.prefixed(0, Samples.utf8("metadata.url=jdbc:x\npublic.url = https\\u003a//x\n")),
                Samples.joined(new byte[]{1, 11}, Samples.utf8("--port=8443"), Samples.utf8("a=b")));
    }

    @Override
    public void close() throws IOException {
        TemporaryFolder.delete(folder);
    }
}
