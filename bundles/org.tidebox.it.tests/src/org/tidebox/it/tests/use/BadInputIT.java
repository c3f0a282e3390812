package org.tidebox.it.tests.use;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.it.tests.scene.Device;
import org.tidebox.it.tests.scene.Products;
import org.tidebox.it.tests.scene.Server;
import org.tidebox.it.tests.scene.Trees;
import org.tidebox.it.tests.scene.TwoDevices;

/** What a person sees who mistypes: one clear line, exit code 1, and everything else goes on. */
@Tag("P5")
class BadInputIT {
    @TempDir
    static Path temp;
    private static TwoDevices scene;

    @BeforeAll
    static void startAll() throws Exception {
        scene = TwoDevices.start(temp);
    }

    @AfterAll
    static void stopAll() throws Exception {
        scene.close();
    }

    @Test
    @Tag("A6")
    void wrongPasswordsCodesAndCertificatesAreToldApart() throws Exception {
        Server server = scene.server;
        try (Device device = new Device(temp, "tablet")) {
            device.start();
            Products.Said wrong = device.say("not the password\n", "login", server.url(), "--account",
                    TwoDevices.ACCOUNT,
                    "--password-stdin",
                    "--fingerprint", server.fingerprint());
            assertThat(wrong.exit()).isEqualTo(1);
            assertThat(wrong.err()).containsIgnoringCase("password").doesNotContain("Exception");
            Products.Said nobody = device.say("not the password\n", "login", server.url(), "--account", "nobody",
                    "--password-stdin",
                    "--fingerprint", server.fingerprint());
            assertThat(nobody.err()).as("an unknown account looks like a wrong password").isEqualTo(wrong.err());
            Products.Said unknown = device.say(TwoDevices.PASSWORD + "\n", "login", server.url(), "--account",
                    TwoDevices.ACCOUNT,
                    "--password-stdin");
            assertThat(unknown.exit()).isEqualTo(1);
            assertThat(unknown.err()).contains("certificate").contains(server.fingerprint());
            Products.Said changed = device.say(TwoDevices.PASSWORD + "\n", "login", server.url(), "--account",
                    TwoDevices.ACCOUNT,
                    "--password-stdin",
                    "--fingerprint", "00".repeat(32));
            assertThat(changed.exit()).isEqualTo(1);
            assertThat(changed.err()).contains("certificate");
            String code = server.invite(TwoDevices.ACCOUNT);
            assertThat(device.fails("join", code.substring(0, code.length() - 3))).contains("code");
            device.ok("join", code);
            assertThat(device.fails("join", code)).contains("logout");
            device.ok("logout");
            assertThat(device.fails("join", code)).as("a code works once").contains("code");
            Products.Said right = device.say(TwoDevices.PASSWORD + "\n", "login", server.url(), "--account",
                    TwoDevices.ACCOUNT,
                    "--password-stdin",
                    "--fingerprint", server.fingerprint());
            assertThat(right.exit()).as(right.err()).isZero();
        }
    }

    @Test
    void foldersThatCannotBeSyncedAreRefused() throws Exception {
        Device laptop = scene.laptop;
        assertThat(laptop.fails("folder", "add", temp.resolve("nowhere").toString())).contains("nowhere");
        Path inside = Files.createDirectories(laptop.folder().resolve("sub"));
        assertThat(laptop.fails("folder", "add", inside.toString())).contains("inside");
        assertThat(laptop.fails("folder", "add", laptop.home().toString())).contains("home");
        Path file = Files.writeString(temp.resolve("a file"), "x");
        assertThat(laptop.fails("folder", "add", file.toString())).contains("folder");
        assertThat(laptop.fails("folder", "remove", temp.toString())).contains("folder list");
        assertThat(laptop.say("", "folder", "frobnicate").exit()).isEqualTo(2);
        Files.writeString(inside.resolve("still works"), "yes");
        scene.assertSame();
    }

    @Test
    void aSecondOwnerOfAHomeOrDataFolderIsRefused() throws Exception {
        Products.Said agent = scene.laptop.say("", "agent");
        assertThat(agent.exit()).isEqualTo(1);
        assertThat(agent.err()).contains("in use").doesNotContain("Exception");
        Products.Said server = Products.run(Products.server(), Map.of(), "",
                List.of("server", "run", "--data", scene.server.data().toString(), "--port", "0"));
        assertThat(server.exit()).isEqualTo(1);
        assertThat(server.err()).contains("Another server is using").doesNotContain("Exception");
        Files.writeString(scene.laptop.folder().resolve("goes on"), "yes");
        scene.assertSame();
    }

    @Test
    @Tag("C1")
    void aServerWithAnotherCertificateIsNotTalkedTo() throws Exception {
        Path certificate = scene.server.data().resolve("tls");
        Path right = temp.resolve("right certificate");
        scene.server.running().stop();
        Files.move(certificate, right);
        scene.server.start();
        Files.writeString(scene.laptop.folder().resolve("secret"), "for my server only");
        assertThat(scene.laptop.fails("wait", "--timeout", "600")).contains("certificate");
        assertThat(scene.laptop.ok("status")).contains("certificate");
        assertThat(scene.desktop.folder().resolve("secret")).doesNotExist();
        scene.server.running().stop();
        Trees.delete(certificate);
        Files.move(right, certificate);
        scene.server.start();
        scene.assertSame();
        assertThat(scene.desktop.folder().resolve("secret")).hasContent("for my server only");
    }

    @Test
    @Tag("D6")
    void aFullQuotaHoldsUploadsBackUntilThereIsRoom() throws Exception {
        assertThat(scene.server.say("", "account", "quota", TwoDevices.ACCOUNT, "1MiB").exit()).isZero();
        byte[] noise = new byte[3 << 20];
        new Random(1).nextBytes(noise);
        Files.write(scene.laptop.folder().resolve("big"), noise);
        assertThat(scene.laptop.isSettledWithin(3)).isFalse();
        assertThat(scene.laptop.ok("status")).containsIgnoringCase("quota");
        assertThat(scene.server.say("", "account", "quota", TwoDevices.ACCOUNT, "100MiB").exit()).isZero();
        scene.assertSame();
        assertThat(scene.desktop.folder().resolve("big")).hasBinaryContent(noise);
    }
}
