/** The server's certificate, and the address and fingerprint by which devices find and know it. */
@Version("1.0.0")
package org.tidebox.server.tls;

import org.osgi.annotation.versioning.Version;
