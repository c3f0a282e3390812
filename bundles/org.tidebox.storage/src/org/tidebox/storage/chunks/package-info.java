/** The chunk index: which chunks an account has stored and where, and which of them are unused or damaged. */
@Version("1.0.0")
package org.tidebox.storage.chunks;

import org.osgi.annotation.versioning.Version;
