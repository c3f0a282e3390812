/**
 * The server as a device sees it: how to reach it and log in ({@link org.tidebox.remote.ServerConnector}), an account's
 * libraries and their contents ({@link org.tidebox.remote.Remote}), and their history. What travels is said in
 * {@code org.tidebox.wire}; who carries it is a provider beside this bundle.
 */
@Version("1.0.0")
package org.tidebox.remote;

import org.osgi.annotation.versioning.Version;
