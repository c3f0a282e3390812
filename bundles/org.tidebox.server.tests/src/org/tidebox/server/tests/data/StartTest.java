package org.tidebox.server.tests.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidebox.server.data.ServerLocation;
import org.tidebox.server.data.ServerStartException;
import org.tidebox.server.http.HttpService;
import org.tidebox.server.http.Router;
import org.tidebox.server.tests.HttpServer;
import org.tidebox.server.tests.TestClock;
import org.tidebox.server.tests.TestServer;
import org.tidebox.server.tls.PublicAddress;
import org.tidebox.server.tls.TlsIdentity;
import org.tidebox.wire.CertificateFingerprint;

/** Beginning to serve: the command line, the data folder, the certificate, the port. */
@Tag("P3")
class StartTest {
    @TempDir
    Path folder;
    private final TestClock clock = new TestClock();

    @Test
    void commandLineNeedsNothingButADataFolder() throws Exception {
        ServerLocation location = ServerLocation.parse(List.of("--data", folder.toString()));

        assertThat(location).isEqualTo(new ServerLocation(folder, null, ServerLocation.DEFAULT_PORT, false, Map.of()));
    }

    @Test
    void commandLineAndOptionsAreRead() throws Exception {
        Files.writeString(folder.resolve(ServerLocation.OPTIONS_FILE), "public.url = https://box.example\n");

        assertThat(ServerLocation.parse(List.of("server", "run", "--data=" + folder, "--port", "0", "--host=127.0.0.1",
                "--transient")))
                .isEqualTo(
                        new ServerLocation(folder, "127.0.0.1", 0, true,
                                Map.of(ServerLocation.PUBLIC_URL, "https://box.example")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--data", "--data=", "--data=x --port", "--data=x --port=y", "--data=x --port=70000",
            "--data=x --what", "--data=x stray", "server run", "server --data=x"})
    void wrongCommandLineIsWrongUsage(String line) {
        List<String> arguments = line.isEmpty() ? List.of() : List.of(line.split(" "));

        assertThatThrownBy(() -> ServerLocation.parse(arguments))
                .isInstanceOfSatisfying(ServerStartException.class, e -> {
                    assertThat(e.getExitCode()).isEqualTo(2);
                    assertThat(e.getMessage()).contains("usage:").doesNotContain("\n");
                });
    }

    @Test
    void dataFolderIsForItsOwnerOnly() throws Exception {
        try (TestServer server = new TestServer(folder.resolve("data"))) {
            TlsIdentity.open(server.data.location(), clock);
            assertThat(permissions("data")).isEqualTo("rwx------");
            assertThat(permissions("data/tls/server.p12")).isEqualTo("rw-------");
        }
    }

    @Test
    void dataFolderHasOneOwner() throws Exception {
        try (TestServer server = new TestServer(folder)) {
            assertThatThrownBy(() -> new TestServer(folder)).isInstanceOf(ServerStartException.class)
                    .hasMessageContaining(folder.toString()).hasMessageContaining("stop it first");
            assertThat(server.admin.listAccounts()).isEmpty();
        }
    }

    @Test
    void folderThatCannotBeUsedIsSaidInOneLine() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> new TestServer(file.resolve("data"))).isInstanceOf(ServerStartException.class)
                .hasMessageContaining(file.toString()).message().doesNotContain("\n");
    }

    @Test
    void portInUseIsSaidInOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                TestServer server = new TestServer(new ServerLocation(folder, "127.0.0.1", taken.getLocalPort(), false,
                        Map.of()));
                HttpService http = new HttpService(server.server, router(server), server.process)) {
            ServerStartException failure = server.process.failure.get(30, TimeUnit.SECONDS);

            assertThat(failure.getExitCode()).isEqualTo(1);
            assertThat(failure.getMessage()).contains(Integer.toString(taken.getLocalPort()), "--port")
                    .doesNotContain("\n");
            assertThat(http).isNotNull();
        }
    }

    @Test
    void ownCertificateIsMadeOnceAndHoldsForTenYears() throws Exception {
        ServerLocation location = new ServerLocation(folder, "box.example", 0, false, Map.of());

        TlsIdentity identity = TlsIdentity.open(location, clock);

        assertThat(TlsIdentity.open(location, clock).fingerprint()).isEqualTo(identity.fingerprint());
        X509Certificate certificate = certificate(identity.keys());
        certificate.checkValidity(Date.from(clock.instant().plus(Duration.ofDays(3650))));
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=Tidebox");
        assertThat(certificate.getPublicKey().getAlgorithm()).isEqualTo("EC");
        assertThat(certificate.getSubjectAlternativeNames()).extracting(name -> name.get(1).toString())
                .contains("localhost", "box.example", "127.0.0.1");
    }

    @Test
    void ownersCertificateIsTakenFromPkcs12AndPem() throws Exception {
        KeyStore keys = TlsIdentity.open(new ServerLocation(folder, null, 0, false, Map.of()), clock).keys();
        CertificateFingerprint fingerprint = CertificateFingerprint.of(certificate(keys));
        try (OutputStream out = Files.newOutputStream(folder.resolve("mine.p12"))) {
            keys.store(out, "mine".toCharArray());
        }
        writePem("cert.pem", "CERTIFICATE", certificate(keys).getEncoded());
        writePem("key.pem", "PRIVATE KEY", keys.getKey("server", "tidebox".toCharArray()).getEncoded());

        Map<String, String> pem = Map.of("tls.certificate", "cert.pem", "tls.key", "key.pem");
        assertThat(TlsIdentity.open(new ServerLocation(folder, null, 0, false, pem), clock).fingerprint())
                .isEqualTo(fingerprint);
        assertThatThrownBy(() -> TlsIdentity.open(new ServerLocation(folder, null, 0, false,
                Map.of("tls.keystore", "mine.p12", "tls.keystore.password", "wrong")), clock))
                .isInstanceOf(ServerStartException.class);
        assertThatThrownBy(() -> TlsIdentity.open(new ServerLocation(folder, null, 0, false,
                Map.of("tls.certificate", "none.pem")), clock)).isInstanceOf(ServerStartException.class);
    }

    @Test
    void publicAddressIsWhatDevicesCanReach() {
        CertificateFingerprint print = new CertificateFingerprint("ab".repeat(32));

        assertThat(url(new ServerLocation(folder, "127.0.0.1", 0, false, Map.of()), print))
                .isEqualTo("https://127.0.0.1:4711");
        assertThat(url(new ServerLocation(folder, "::1", 0, false, Map.of()), print)).isEqualTo("https://[::1]:4711");
        assertThat(url(new ServerLocation(folder, "0.0.0.0", 0, false, Map.of()), print)).doesNotContain("0.0.0.0");
        assertThat(url(new ServerLocation(folder, null, 0, false, Map.of(ServerLocation.PUBLIC_URL, "https://x")),
                print))
                .isEqualTo("https://x");
    }

    private static String url(ServerLocation location, CertificateFingerprint print) {
        return PublicAddress.of(location, 4711, print).url();
    }

    private static Router router(TestServer server) {
        Router router = new Router();
        HttpServer.endpoints(server.server).forEach((path, servlet) -> router.add(path, 0, servlet));
        return router;
    }

    private static X509Certificate certificate(KeyStore keys) throws Exception {
        return (X509Certificate) keys.getCertificate("server");
    }

    private void writePem(String name, String what, byte[] der) throws Exception {
        Files.writeString(folder.resolve(name), "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(der) + "\n-----END " + what + "-----\n");
    }

    private String permissions(String name) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
    }
}
