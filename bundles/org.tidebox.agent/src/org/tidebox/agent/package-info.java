/**
 * The client's engine on a device: who is logged in, which folders are kept the same, and when their sync runs.
 *
 * <p>{@link org.tidebox.agent.Agent} is what every face sees, in the same process or over the control socket of the
 * home (see {@code org.tidebox.control}). How one folder is synchronised lives in {@code org.tidebox.sync}; commands and windows live in the faces above. This
 * package needs no framework, so that the light command line can use it.
 */
@Version("1.1.0")
package org.tidebox.agent;

import org.osgi.annotation.versioning.Version;
