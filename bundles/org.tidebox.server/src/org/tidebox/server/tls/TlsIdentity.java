package org.tidebox.server.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.InstantSource;
import java.util.Collections;
import org.tidebox.files.DurableFile;
import org.tidebox.files.PrivateFiles;
import org.tidebox.server.data.ServerLocation;
import org.tidebox.server.data.ServerStartException;
import org.tidebox.wire.CertificateFingerprint;

/**
 * The key and certificate that a server shows: its operator's own, or one that it signed itself at its first start.
 *
 * <p>Options in {@link ServerLocation#OPTIONS_FILE}: {@code tls.keystore} with {@code tls.keystore.password} names a
 * PKCS #12 file; {@code tls.certificate} with {@code tls.key} names PEM files. Relative names count from the data
 * folder.
 *
 * @param keys holds exactly the one key that is used
 * @param password opens the key
 * @param fingerprint of the certificate
 */
public record TlsIdentity(KeyStore keys, char[] password, CertificateFingerprint fingerprint) {
    private static final String TYPE = "PKCS12";
    private static final String FOLDER = "tls";
    private static final String FILE = "server.p12";
    /** Not a secret: the file's permissions protect the key, and PKCS #12 wants some password. */
    private static final String OWN_PASSWORD = "tidebox";

    /**
     * Opens what the operator configured, or the server's own, which is made where it is missing.
     *
     * @throws ServerStartException if it cannot be read or written
     */
    public static TlsIdentity open(ServerLocation location, InstantSource clock) throws ServerStartException {
        String store = location.options().get("tls.keystore");
        String certificate = location.options().get("tls.certificate");
        try {
            if (store != null) {
                return load(location.data().resolve(store), location.options()
                        .getOrDefault("tls.keystore.password", ""));
            }
            if (certificate != null) {
                Path key = location.data().resolve(location.options().getOrDefault("tls.key", ""));
                return of(PemFiles.load(location.data().resolve(certificate), key, OWN_PASSWORD.toCharArray()),
                        OWN_PASSWORD);
            }
            return own(location, clock);
        } catch (IOException | GeneralSecurityException e) {
            throw new ServerStartException(ServerStartException.FAILED, "The server's certificate cannot be used ("
                    + e.getMessage() + "); check the tls options in " + location.data()
                            .resolve(ServerLocation.OPTIONS_FILE));
        }
    }

    private static TlsIdentity own(ServerLocation location, InstantSource clock) throws IOException,
            GeneralSecurityException {
        Path folder = location.data().resolve(FOLDER);
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            PrivateFiles.createFolders(folder);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            SelfSigned.create(location.host(), clock, OWN_PASSWORD.toCharArray()).store(bytes,
                    OWN_PASSWORD.toCharArray());
            new DurableFile(file).replace(bytes.toByteArray());
        }
        return load(file, OWN_PASSWORD);
    }

    private static TlsIdentity load(Path file, String password) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance(TYPE);
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, password.toCharArray());
        }
        return of(keys, password);
    }

    private static TlsIdentity of(KeyStore keys, String password) throws GeneralSecurityException {
        for (String alias : Collections.list(keys.aliases())) {
            if (keys.isKeyEntry(alias)) {
                Certificate certificate = keys.getCertificate(alias);
                return new TlsIdentity(keys, password.toCharArray(), CertificateFingerprint.of(certificate));
            }
        }
        throw new GeneralSecurityException("there is no key in the key store");
    }
}
