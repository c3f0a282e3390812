/**
 * What the operator of a server commands: {@link org.tidebox.server.admin.ServerAdmin}, as the command line sees it over the control socket
 * of the data folder. Only the contract lives here, so that a client product can hold it without a server; {@code org.tidebox.server}
 * carries the commands out, the commands' words live in {@code org.tidebox.cli}.
 */
@Version("1.0.0")
package org.tidebox.server.admin;

import org.osgi.annotation.versioning.Version;
