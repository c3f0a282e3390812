/** Chunks on their way in and out: verifying, storing, patching, and the commit that follows an upload. */
@Version("1.0.0")
package org.tidebox.server.ingest;

import org.osgi.annotation.versioning.Version;
