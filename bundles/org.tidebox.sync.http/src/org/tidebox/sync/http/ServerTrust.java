package org.tidebox.sync.http;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.tidebox.wire.CertificateFingerprint;

/**
 * Trusts exactly the certificate with the pinned fingerprint, whatever names and dates it holds: the handshake proves
 * that the server has its key. Without a pinned fingerprint the platform decides, host name included.
 */
final class ServerTrust extends X509ExtendedTrustManager {
    private final String pinned;
    private final X509ExtendedTrustManager platform;

    /** What the platform thinks of a certificate. */
    @FunctionalInterface
    private interface PlatformCheck {
        void run() throws CertificateException;
    }

    private ServerTrust(String pinned, X509ExtendedTrustManager platform) {
        this.pinned = pinned;
        this.platform = platform;
    }

    /** Makes a TLS context that trusts so and counts. */
    static SSLContext context(String pinned, Meter meter) {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            TrustManager trust = new ServerTrust(pinned, pinned == null ? platform() : null);
            context.init(null, new TrustManager[]{trust}, null);
            return new MeteredContext(context, meter);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no TLS 1.3", e);
        }
    }

    private static X509ExtendedTrustManager platform() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager extended) {
                return extended;
            }
        }
        throw new GeneralSecurityException("no X.509 trust manager");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain, () -> platform.checkServerTrusted(chain, authType, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain, () -> platform.checkServerTrusted(chain, authType, socket));
    }

    private void check(X509Certificate[] chain, PlatformCheck byPlatform) throws CertificateException {
        String found = CertificateFingerprint.of(chain[0]).hex();
        if (pinned != null) {
            if (!pinned.equals(found)) {
                throw new UntrustedCertificateException(found, pinned, null);
            }
            return;
        }
        try {
            byPlatform.run();
        } catch (CertificateException e) {
            throw new UntrustedCertificateException(found, null, e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("only engines and sockets are served, which know the host name");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("a device trusts servers only");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
