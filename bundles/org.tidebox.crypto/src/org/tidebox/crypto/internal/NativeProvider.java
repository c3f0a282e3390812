package org.tidebox.crypto.internal;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.List;
import java.util.Map;

/**
 * Offers AES-GCM and SHA-256 of the Amazon Corretto Crypto Provider. All else that it could do (keys, signatures, random
 * numbers, key agreement) stays with the JDK, so that certificates and handshakes are what they are without it.
 */
public final class NativeProvider extends Provider {
    /** The name under which {@link java.security.Security} knows it. */
    public static final String NAME = "Tidebox";

    private static final String NATIVE = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";
    /** Makes its loader ask for the file that the build placed in the bundle, instead of unpacking one at each start. */
    private static final String PLACED = "com.amazon.corretto.crypto.provider.useExternalLib";

    private static final long serialVersionUID = 1L;

    private NativeProvider(Provider origin) {
        super(NAME, origin.getVersionStr(), origin.getInfo());
        offer(origin, "Cipher", "AES/GCM/NoPadding");
        offer(origin, "MessageDigest", "SHA-256");
    }

    /**
     * Loads the native library.
     *
     * @throws NativeUnavailableException if there is none for this platform, or it cannot be loaded
     */
    public static NativeProvider load() throws NativeUnavailableException {
        System.setProperty(PLACED, "true");
        try {
            Class<?> type = Class.forName(NATIVE);
            Provider origin = (Provider) type.getField("INSTANCE").get(null);
            if (type.getMethod("getLoadingError").invoke(origin) instanceof Throwable failure) {
                throw new NativeUnavailableException("the library was not loaded (" + failure + ")", failure);
            }
            return new NativeProvider(origin);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new NativeUnavailableException("the product holds none for this platform (" + e + ")", e);
        }
    }

    private void offer(Provider origin, String type, String algorithm) {
        putService(new Borrowed(this, origin.getService(type, algorithm)));
    }

    /** A service of another provider under the name of this one. */
    private static final class Borrowed extends Service {
        private final Service origin;

        Borrowed(Provider provider, Service origin) {
            super(provider, origin.getType(), origin.getAlgorithm(), origin.getClassName(), List.of(), Map.of());
            this.origin = origin;
        }

        @Override
        public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
            return origin.newInstance(parameter);
        }
    }
}
