/**
 * Accounts that prove themselves by a password, stored as Argon2id hashes. Nobody calls it but through {@code
 * org.tidebox.auth}.
 */
package org.tidebox.auth.password;
