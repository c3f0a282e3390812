/** What all requests share, and how it is shared fairly: memory and processor time. */
@Version("1.0.0")
package org.tidebox.server.limits;

import org.osgi.annotation.versioning.Version;
