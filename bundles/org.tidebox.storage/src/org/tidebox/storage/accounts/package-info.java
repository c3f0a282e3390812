/** Accounts, their devices, and invitations. */
@Version("1.0.0")
package org.tidebox.storage.accounts;

import org.osgi.annotation.versioning.Version;
