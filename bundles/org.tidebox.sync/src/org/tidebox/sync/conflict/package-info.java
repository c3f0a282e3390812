/**
 * Conflict copies, and how a person settles them. A conflict shows in the name of its copy, and the id of the copy leads
 * to the version that both sides came from: so every device lists the same ones and can merge them. Settling is a commit
 * on the versions that were looked at: who changes a file meanwhile is not overwritten. What is let go stays in the
 * history or the trash.
 */
@Version("1.0.0")
package org.tidebox.sync.conflict;

import org.osgi.annotation.versioning.Version;
