/**
 * The server without a face: opening the stores of a data folder, who may do what, taking in chunks, committing
 * changes, telling devices the news, and carrying out what operators command. HTTP lives in {@code
 * org.tidebox.server.http}, the contract of operator commands in {@code org.tidebox.server.admin}.
 */
@Version("1.0.0")
package org.tidebox.server;

import org.osgi.annotation.versioning.Version;
