/**
 * Accounts that prove themselves by a password, stored as Argon2id hashes. Nobody calls it but through {@code
 * org.tidebox.auth}.
 */
@Version("1.0.0")
package org.tidebox.auth.password;

import org.osgi.annotation.versioning.Version;
