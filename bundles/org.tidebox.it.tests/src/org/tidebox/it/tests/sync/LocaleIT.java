package org.tidebox.it.tests.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.it.tests.scene.Control;
import org.tidebox.it.tests.scene.Device;
import org.tidebox.it.tests.scene.Running;
import org.tidebox.it.tests.scene.Server;
import org.tidebox.it.tests.scene.Trees;
import org.tidebox.it.tests.scene.TwoDevices;

/** Names work in each locale; and where they do not, only those entries stay behind that have such a name. */
@Tag("C1")
class LocaleIT {
    private static final Duration SOON = Duration.ofSeconds(120);
    /** As the ssh of a Mac sends it. */
    private static final List<String> HALF = List.of("env", "LC_ALL=", "LANG=", "LC_CTYPE=UTF-8");
    private static final List<String> NOT_INSTALLED = List.of("env", "LC_ALL=xx_XX.UTF-8");

    @TempDir
    Path temp;

    @Test
    void aNameThatTheLocaleCannotExpressStopsNothing() throws Exception {
        try (Server server = new Server(temp).start(); Device other = new Device(temp, "other", NOT_INSTALLED)) {
            server.addAccount(TwoDevices.ACCOUNT, TwoDevices.PASSWORD);
            try (Device one = new Device(temp, "one", HALF).start()) {
                one.joinAndAdd(server.invite(TwoDevices.ACCOUNT), "papers");
                other.start().joinAndAdd(server.invite(TwoDevices.ACCOUNT), "papers");
                Files.writeString(one.folder().resolve("größe.txt"), "from one");
                Files.writeString(one.folder().resolve("plain"), "from one");
                Files.writeString(other.folder().resolve("日本語"), "from the other");
                one.settle();
                other.settle();
                one.settle();
                assertThat(other.folder().resolve("größe.txt")).hasContent("from one");
                assertThat(one.folder().resolve("日本語")).hasContent("from the other");
                Trees.assertSame(one.folder(), other.folder());
                assertWarnsOfRoot(one.running(), "The agent");
                assertWarnsOfRoot(server.running(), "The server");
            }
            withoutUnicode(other);
        }
    }

    /** One whose system says that its locale is fine, when it is not: Java cannot read or write such names. */
    private void withoutUnicode(Device other) throws Exception {
        Path tools = Files.createDirectory(temp.resolve("tools"));
        Path locale = Files.writeString(tools.resolve("locale"), "#!/bin/sh\necho UTF-8\n");
        Files.setPosixFilePermissions(locale, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> as = List.of("env", "LC_ALL=C", "PATH=" + tools + ":" + System.getenv("PATH"));
        try (Device one = new Device(temp, "one", as).start()) {
            Files.writeString(one.folder().resolve("second"), "goes through");
            Files.writeString(one.folder().resolve("länge.txt"), "stays here");
            Files.writeString(other.folder().resolve("tiefe ü"), "stays there");
            Files.writeString(other.folder().resolve("third"), "goes through");
            await().atMost(SOON).untilAsserted(() -> {
                assertThat(other.folder().resolve("second")).hasContent("goes through");
                assertThat(one.folder().resolve("third")).hasContent("goes through");
            });
            assertThat(Control.ask(one.home(), "agent.status").toString()).contains("NameNoText").contains("tiefe");
            other.settle();
            assertThat(other.folder().resolve("größe.txt")).hasContent("from one");
            assertThat(other.folder().resolve("日本語")).hasContent("from the other");
            assertThat(one.folder().resolve("größe.txt")).hasContent("from one");
            assertThat(other.folder().resolve("länge.txt")).doesNotExist();
        }
    }

    private static void assertWarnsOfRoot(Running process, String who) {
        assertThat(process.errors().lines().filter(line -> line.contains(who + " runs as root")))
                .hasSize(System.getProperty("user.name").equals("root") ? 1 : 0);
    }
}
