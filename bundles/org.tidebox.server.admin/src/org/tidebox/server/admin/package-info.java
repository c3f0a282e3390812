/**
 * What the operator of a server commands: {@link org.tidebox.server.admin.ServerAdmin}, served over the control socket
 * of the data folder while a server runs, and by a short-lived process of its own when none does. The commands' words
 * live in {@code org.tidebox.cli}; what they do to accounts and libraries lives in {@code org.tidebox.server}.
 */
@Version("1.0.0")
package org.tidebox.server.admin;

import org.osgi.annotation.versioning.Version;
