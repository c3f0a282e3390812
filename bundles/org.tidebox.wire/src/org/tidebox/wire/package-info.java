/**
 * The one contract between client and server: routes, messages, frames, problems and events of protocol version 1.
 * Records here are what travels; who sends them when is not decided here. Used by {@code org.tidebox.sync.http} on one
 * side and {@code org.tidebox.server.http} on the other.
 */
@Version("1.0.0")
package org.tidebox.wire;

import org.osgi.annotation.versioning.Version;
