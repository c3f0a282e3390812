package org.tidebox.it.tests.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.it.tests.scene.Device;
import org.tidebox.it.tests.scene.Products;
import org.tidebox.it.tests.scene.TwoDevices;

/** Another user of the same computer, who lies in wait in the public temporary folder. */
@Tag("C7")
@Timeout(60)
class LocalUserIT {
    @TempDir
    Path temp;

    @Test
    void aPasswordIsNotHandedToASocketOfAnotherUser() throws Exception {
        Assumptions.assumeTrue(Files.getOwner(temp).getName().equals("root"), "only root can act as another user");
        Path real = temp.toRealPath();
        Path homes = Files.createDirectory(real.resolve("x".repeat(100)));
        Path planted = Files.createDirectory(real.resolve("tidebox-root"));
        try (Device device = new Device(homes, "laptop", List.of("env", "-u", "XDG_RUNTIME_DIR",
                "JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=" + real));
                ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listening.bind(UnixDomainSocketAddress.of(planted.resolve(socketName(device.home()))))
                    .configureBlocking(false);
            UserPrincipal nobody = planted.getFileSystem().getUserPrincipalLookupService()
                    .lookupPrincipalByName("nobody");
            Files.setOwner(planted, nobody);
            Products.Said said = device.say(TwoDevices.PASSWORD + "\n", "login", "https://127.0.0.1:1", "--account",
                    TwoDevices.ACCOUNT, "--password-stdin", "--fingerprint", "00".repeat(32));
            assertThat(said.exit()).as(said.err() + said.out()).isEqualTo(1);
            assertThat(said.err()).contains(planted + " belongs to another user, nobody; remove it")
                    .contains("XDG_RUNTIME_DIR");
            assertThat(listening.accept()).as("who has come").isNull();
        }
    }

    private static String socketName(Path home) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(home.toString().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, 8) + ".sock";
    }
}
