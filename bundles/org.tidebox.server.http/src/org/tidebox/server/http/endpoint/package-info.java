/**
 * One servlet for each path of the protocol. Each finds out who asks, claims memory for the answer, calls {@code
 * org.tidebox.server} and writes what it returned.
 */
@Version("1.0.0")
package org.tidebox.server.http.endpoint;

import org.osgi.annotation.versioning.Version;
