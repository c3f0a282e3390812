package org.tidebox.crypto;

import java.security.Provider;
import java.security.Security;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.crypto.internal.NativeProvider;
import org.tidebox.crypto.internal.NativeUnavailableException;

/** The choice between the native library and the JDK, for the whole process: at most one of these at a time. */
public class NativeCrypto implements AutoCloseable {
    /** Names the system property that says what is wanted: {@link #JDK}, or else the native library. */
    public static final String PROPERTY = "tidebox.crypto";
    /** The value of {@link #PROPERTY} with which the native library is not even looked for. */
    public static final String JDK = "jdk";

    private static final Logger LOG = LoggerFactory.getLogger(NativeCrypto.class);

    private final Provider provider;

    /**
     * Puts the native library before the JDK's providers, for AES-GCM and SHA-256 and for nothing else. Where it is not
     * wanted or cannot be used, everything stays as it is; the log says which.
     *
     * @param wanted the value of {@link #PROPERTY}, or null
     */
    public NativeCrypto(String wanted) {
        provider = JDK.equals(wanted) ? null : load();
        if (provider != null) {
            Security.insertProviderAt(provider, 1);
        }
        LOG.info("AES-GCM and SHA-256 are those of {}", provider == null ? "the JDK" : provider.getInfo());
    }

    private static Provider load() {
        try {
            return NativeProvider.load();
        } catch (NativeUnavailableException e) {
            LOG.warn(
                    "no native AES-GCM and SHA-256: {}. The JDK's give the same results, more slowly until it has compiled "
                            + "them; with TIDEBOX_CRYPTO=jdk in the environment, it compiles them well",
                    e.getMessage());
            return null;
        }
    }

    /** Tells whether the native library is in use. */
    public boolean isNative() {
        return provider != null;
    }

    /** Takes the native library out again. Who already uses it goes on to do so. */
    @Override
    public void close() {
        if (provider != null) {
            Security.removeProvider(provider.getName());
        }
    }
}
