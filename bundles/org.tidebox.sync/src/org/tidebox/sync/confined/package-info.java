/**
 * The one way by which a device changes what lies below a folder: {@link org.tidebox.sync.confined.ConfinedRoot}. No
 * other class of an engine makes, writes, moves or deletes anything on the disk; the build checks that. What is read is
 * not confined here, and the device's own files (database, settings) do not come by.
 */
@Version("1.0.0")
package org.tidebox.sync.confined;

import org.osgi.annotation.versioning.Version;
