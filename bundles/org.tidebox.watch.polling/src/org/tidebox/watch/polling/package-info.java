/**
 * Watches directory trees by looking at them again and again: for file systems without notifications, such as network
 * shares, and where the system's limits are reached. Nobody calls it but through {@code org.tidebox.watch}.
 */
@Version("1.0.0")
package org.tidebox.watch.polling;

import org.osgi.annotation.versioning.Version;
