package org.tidebox.crypto.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Security;
import java.util.Set;
import javax.crypto.Cipher;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.tidebox.crypto.NativeCrypto;

/** The native library as the component of a running framework installs it. */
@Tag("P3")
@DisabledOnOs(OS.WINDOWS)
class NativeCryptoOsgiTest {
    private static final String OURS = "Tidebox";
    private final BundleContext context = FrameworkUtil.getBundle(NativeCryptoOsgiTest.class).getBundleContext();

    @Test
    void encryptsAndHashesHere() throws GeneralSecurityException {
        assertThat(context.getService(context.getServiceReference(NativeCrypto.class)).isNative()).isTrue();
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        assertThat(cipher.getProvider().getName()).isEqualTo(OURS);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        assertThat(digest.getProvider().getName()).isEqualTo(OURS);
        assertThat(digest.digest()).startsWith(0xe3, 0xb0, 0xc4, 0x42);
    }

    @Test
    void allElseStaysWithTheJdk() throws GeneralSecurityException {
        assertThat(Security.getProvider(OURS).getServices()).hasSize(2);
        assertThat(Set.of(SSLContext.getInstance("TLSv1.3").getProvider().getName(),
                KeyPairGenerator.getInstance("EC").getProvider().getName(), new SecureRandom().getProvider().getName(),
                Cipher.getInstance("ChaCha20-Poly1305").getProvider().getName())).doesNotContain(OURS);
    }

    @Test
    void goesAndComesWithItsBundle() throws BundleException, GeneralSecurityException {
        Bundle bundle = FrameworkUtil.getBundle(NativeCrypto.class);
        bundle.stop();
        try {
            assertThat(Security.getProvider(OURS)).isNull();
            assertThat(MessageDigest.getInstance("SHA-256").getProvider().getName()).isEqualTo("SUN");
        } finally {
            bundle.start();
        }
        assertThat(MessageDigest.getInstance("SHA-256").getProvider().getName()).isEqualTo(OURS);
    }
}
