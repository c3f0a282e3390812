/**
 * Who is it: the API of authenticators, and what all of them share: throttling, device tokens, join codes.
 *
 * <p>How an account proves itself (by password, later by others) lives in provider bundles beside this one; where
 * accounts are stored is the server's business, which calls all of this. Clients use join codes and tokens only.
 */
@Version("1.1.0")
package org.tidebox.auth;

import org.osgi.annotation.versioning.Version;
