/** The libraries of accounts and their journals: versions, commits, history, and what retention removes. */
@Version("1.0.0")
package org.tidebox.storage.journal;

import org.osgi.annotation.versioning.Version;
