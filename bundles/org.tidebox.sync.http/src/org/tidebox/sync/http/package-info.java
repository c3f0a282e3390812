/**
 * The way to a server over HTTP/2 and TLS 1.3 with the platform's own client: provides {@link
 * org.tidebox.remote.ServerConnector}. What travels is decided in {@code org.tidebox.wire}; when and why in {@code
 * org.tidebox.sync} and {@code org.tidebox.agent}.
 */
@Version("1.0.0")
package org.tidebox.sync.http;

import org.osgi.annotation.versioning.Version;
