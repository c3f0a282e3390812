/**
 * Jetty as this server needs it, and the limits on what connections and requests may take: who is at the other end,
 * what is under way, and who has to give way.
 */
@Version("1.0.0")
package org.tidebox.server.http.front;

import org.osgi.annotation.versioning.Version;
