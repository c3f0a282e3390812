/** The news that devices are told as they happen. */
@Version("1.0.0")
package org.tidebox.server.events;

import org.osgi.annotation.versioning.Version;
