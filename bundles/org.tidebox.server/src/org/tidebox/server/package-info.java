/**
 * The server without a face: opening the stores of a data folder, who may do what, taking in chunks, committing
 * changes, and telling devices the news. HTTP lives in {@code org.tidebox.server.http}, operator commands in {@code
 * org.tidebox.server.admin}; both call {@link org.tidebox.server.TideboxServer}.
 */
@Version("1.0.0")
package org.tidebox.server;

import org.osgi.annotation.versioning.Version;
