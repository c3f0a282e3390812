/** Packs: append-only files or objects that hold many chunks each. */
@Version("1.0.0")
package org.tidebox.storage.packs;

import org.osgi.annotation.versioning.Version;
