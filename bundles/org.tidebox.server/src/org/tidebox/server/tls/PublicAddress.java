package org.tidebox.server.tls;

import java.util.Optional;
import org.tidebox.feature.Lease;
import org.tidebox.server.data.ServerData;
import org.tidebox.server.data.ServerLocation;
import org.tidebox.server.data.Stores;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.provider.Settings;
import org.tidebox.wire.CertificateFingerprint;

/**
 * Where devices find the server, and how they know it. Kept in the metadata, so that join codes can be made while it
 * does not serve.
 *
 * @param url {@code https://host:port}
 * @param fingerprint of its certificate
 */
public record PublicAddress(String url, CertificateFingerprint fingerprint) {
    private static final String URL = "server.url";
    private static final String FINGERPRINT = "server.fingerprint";

    /** Works out the address of a server that listens on the port. */
    public static PublicAddress of(ServerLocation location, int port, CertificateFingerprint fingerprint) {
        String configured = location.options().get(ServerLocation.PUBLIC_URL);
        return new PublicAddress(configured != null ? configured : "https://" + hostIn(location) + ":" + port,
                fingerprint);
    }

    /** Returns what was stored last, if anything. */
    public static Optional<PublicAddress> load(ServerData data) throws StorageException {
        try (Lease<Stores> stores = data.acquire()) {
            Settings settings = stores.get().metadata().settings();
            Optional<String> url = settings.get(URL);
            Optional<String> print = settings.get(FINGERPRINT);
            return url.isPresent() && print.isPresent()
                    ? Optional.of(new PublicAddress(url.get(), new CertificateFingerprint(print.get())))
                    : Optional.empty();
        }
    }

    /** Stores it. */
    public void store(ServerData data) throws StorageException {
        if (load(data).equals(Optional.of(this))) {
            return;
        }
        try (Lease<Stores> stores = data.acquire()) {
            Settings settings = stores.get().metadata().settings();
            settings.put(URL, url);
            settings.put(FINGERPRINT, fingerprint.hex());
        }
    }

    private static String hostIn(ServerLocation location) {
        String host = location.host();
        boolean any = host == null || host.equals("0.0.0.0") || host.equals("::") || host.equals("[::]");
        String name = any ? SelfSigned.machineName() : host;
        return name.indexOf(':') >= 0 && !name.startsWith("[") ? "[" + name + "]" : name;
    }
}
