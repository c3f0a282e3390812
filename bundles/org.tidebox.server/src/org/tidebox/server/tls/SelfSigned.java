package org.tidebox.server.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes a certificate that a server signs itself; devices know it by its fingerprint. */
final class SelfSigned {
    private static final Duration LIFE = Duration.ofDays(3652);
    /** Clocks of other machines may be a little slow. */
    private static final Duration SLACK = Duration.ofDays(1);

    private SelfSigned() {
    }

    /**
     * Makes a key on the curve P-256 and its certificate for all names and addresses of this machine.
     *
     * @param host one more name or address, or {@code null}
     */
    static KeyStore create(String host, InstantSource clock, char[] password) throws GeneralSecurityException,
            IOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("server", pair.getPrivate(), password,
                new Certificate[]{certificate(pair, host, clock.instant())});
        return keys;
    }

    private static Certificate certificate(KeyPair pair, String host, Instant now) throws GeneralSecurityException,
            IOException {
        X500Name name = new X500Name("CN=Tidebox");
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(name,
                new BigInteger(120, new SecureRandom()),
                Date.from(now.minus(SLACK)), Date.from(now.plus(LIFE)), name, pair.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        builder.addExtension(Extension.subjectAlternativeName, false,
                new GeneralNames(names(host).toArray(GeneralName[]::new)));
        try {
            X509CertificateHolder holder = builder.build(new JcaContentSignerBuilder("SHA256withECDSA")
                    .build(pair.getPrivate()));
            return new JcaX509CertificateConverter().getCertificate(holder);
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static Set<GeneralName> names(String host) throws SocketException {
        Set<GeneralName> names = new LinkedHashSet<>();
        names.add(new GeneralName(GeneralName.dNSName, "localhost"));
        for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
            network.inetAddresses().map(SelfSigned::address).forEach(names::add);
        }
        for (String more : host == null ? List.of(machineName()) : List.of(machineName(), host)) {
            if (more.matches("[A-Za-z0-9.-]+[A-Za-z][A-Za-z0-9.-]*|[A-Za-z]")) {
                names.add(new GeneralName(GeneralName.dNSName, more));
            }
        }
        return names;
    }

    private static GeneralName address(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        return new GeneralName(GeneralName.iPAddress, scope < 0 ? text : text.substring(0, scope));
    }

    /** Returns the name of this machine in its network. */
    static String machineName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
