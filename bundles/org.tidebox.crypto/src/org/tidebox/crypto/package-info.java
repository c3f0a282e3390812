/**
 * Where AES-GCM and SHA-256 come from: a native library (AWS-LC, through the Amazon Corretto Crypto Provider) where the
 * product holds one for this platform, else the JDK.
 *
 * <p>Nobody calls this bundle in order to encrypt or to hash: all code asks {@code java.security} and {@code javax.crypto}
 * as usual, and TLS stays the JDK's own. Whoever opens connections refers to the service
 * {@link org.tidebox.crypto.NativeCrypto}, so that the choice has been made before the first one.
 */
@Version("1.0.0")
package org.tidebox.crypto;

import org.osgi.annotation.versioning.Version;
