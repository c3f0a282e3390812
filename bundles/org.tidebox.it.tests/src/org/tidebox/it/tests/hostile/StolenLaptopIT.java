package org.tidebox.it.tests.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.it.tests.scene.Control;
import org.tidebox.it.tests.scene.Device;
import org.tidebox.it.tests.scene.Products;
import org.tidebox.it.tests.scene.Server;
import org.tidebox.it.tests.scene.TwoDevices;
import org.tidebox.wire.Routes;

/** What the owner and the operator do when a laptop was stolen, and what the thief sees. */
@Tag("A6")
class StolenLaptopIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String FRESH = "another good password";
    @TempDir
    static Path temp;
    private static TwoDevices scene;
    private static String password = TwoDevices.PASSWORD;

    @BeforeAll
    static void startAll() throws Exception {
        scene = TwoDevices.start(temp);
        scene.settle();
    }

    @AfterAll
    static void stopAll() throws Exception {
        scene.close();
    }

    @Test
    void deviceThatIsRemovedWhileItUploadsIsCutOffAndItsOwnerConnectsItAgain() throws Exception {
        // Slow enough to be under way for minutes.
        scene.laptop.ok("limit", "--up", "64K");
        byte[] film = new byte[8 << 20];
        new Random(5).nextBytes(film);
        long before = sent();
        Files.write(scene.laptop.folder().resolve("film"), film);
        Awaitility.await().atMost(SOON).until(() -> sent() > before + (100 << 10));

        assertThat(scene.desktop.ok("devices", "list")).contains("laptop").contains("this device")
                .contains("connected").contains("127.0.0.1");
        assertThat(says(scene.desktop, "wrong guess\n", "devices", "remove", "laptop").err()).contains("password");
        assertThat(says(scene.desktop, password + "\n", "devices", "remove", "laptop").out()).contains("cut off");

        Awaitility.await().atMost(SOON).until(() -> status(scene.laptop).at("/connection").asText(),
                "LOGIN_NEEDED"::equals);
        assertThat(scene.laptop.ok("status")).contains("'laptop' was removed").contains("tidebox join")
                .doesNotContain("Exception");
        assertThat(scene.laptop.fails("devices", "list")).contains("was removed");
        assertThat(scene.desktop.folder().resolve("film")).doesNotExist();

        scene.laptop.ok("limit", "--up", "off");
        scene.laptop.ok("join", scene.server.invite(TwoDevices.ACCOUNT), "--device", "laptop");
        scene.assertSame();
        assertThat(scene.desktop.folder().resolve("film")).hasBinaryContent(film);
    }

    @Test
    void changedPasswordEndsTheOtherDevicesWhereThePersonSaysSo() throws Exception {
        assertThat(says(scene.desktop, password + "\n" + FRESH + "\n", "password", "--log-out-others").out())
                .contains("1 other device removed");
        password = FRESH;
        Awaitility.await().atMost(SOON).until(() -> status(scene.laptop).at("/connection").asText(),
                "LOGIN_NEEDED"::equals);
        assertThat(scene.desktop.ok("devices", "list")).doesNotContain("laptop");
        Products.Said old = says(scene.laptop, TwoDevices.PASSWORD + "\n", "login", scene.server.url(), "--account",
                TwoDevices.ACCOUNT, "--fingerprint", scene.server.fingerprint(), "--device", "laptop");
        assertThat(old.exit()).isEqualTo(1);
        Products.Said again = says(scene.laptop, FRESH + "\n", "login", scene.server.url(), "--account",
                TwoDevices.ACCOUNT, "--fingerprint", scene.server.fingerprint(), "--device", "laptop");
        assertThat(again.exit()).as(again.err()).isZero();
        scene.assertSame();
    }

    @Test
    void operatorListsAndRemovesDevicesAndSetsThePassword() throws Exception {
        try (Server server = new Server(Files.createDirectories(temp.resolve("operator's server")));
                Device phone = new Device(temp, "phone")) {
            server.start();
            server.addAccount("bob", TwoDevices.PASSWORD);
            phone.joinAndAdd(server.invite("bob"), "papers");
            JsonNode devices = new ObjectMapper().readTree(server.say("", "device", "list", "bob", "--json").out());
            assertThat(devices.findValuesAsText("name")).containsExactly("phone");
            assertThat(devices.get(0).get("address").asText()).isEqualTo("127.0.0.1");
            assertThat(server.say("", "device", "remove", "bob", "phone").out()).contains("'phone' of 'bob'");
            assertThat(phone.fails("devices", "list")).contains("was removed");
            assertThat(server.say("", "device", "remove", "bob", "phone").exit()).isEqualTo(1);

            phone.ok("join", server.invite("bob"), "--device", "phone");
            assertThat(server.say(FRESH + "\n", "account", "password", "bob", "--password-stdin",
                    "--log-out-devices").out()).contains("1 device removed");
            assertThat(phone.fails("devices", "list")).contains("was removed");
            assertThat(phone.say(FRESH + "\n", "login", server.url(), "--account", "bob", "--password-stdin",
                    "--fingerprint", server.fingerprint()).exit()).isZero();
            assertThat(Files.readString(server.data().resolve("log/tidebox.log"))).contains("password changed")
                    .contains("device removed");
        }
    }

    @Test
    void strangerWhoGuessesIsToldWhenToTryAgainAndTheOwnerPasses() throws Exception {
        String answer = login("127.0.0.5", "a wrong guess");
        for (int i = 0; i < 9 && answer.startsWith("HTTP/1.1 401"); i++) {
            answer = login("127.0.0.5", "a wrong guess");
        }
        assertThat(answer).startsWith("HTTP/1.1 429").containsPattern("(?i)\r\nRetry-After: [1-9]");
        assertThat(login("127.0.0.5", password)).startsWith("HTTP/1.1 429");
        assertThat(login("127.0.0.1", password)).startsWith("HTTP/1.1 200");
    }

    private static String login(String from, String secret) throws IOException {
        String body = "{\"account\":\"" + TwoDevices.ACCOUNT + "\",\"password\":\"" + secret
                + "\",\"device\":\"other\"}";
        String request = "POST " + Routes.LOGIN + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: "
                + Routes.JSON + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        try (SSLSocket socket = RawHttp2.tls(from, scene.server.port(), "http/1.1")) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static Products.Said says(Device device, String input, String... arguments) throws Exception {
        String[] all = new String[arguments.length + 1];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--password-stdin";
        return device.say(input, all);
    }

    private static long sent() throws IOException {
        return Control.ask(scene.laptop.home(), "agent.stats").get("sent").asLong();
    }

    private static JsonNode status(Device device) throws IOException {
        return Control.ask(device.home(), "agent.status");
    }
}
