/** Stores in memory, which keep to the same contracts as the real ones. */
@Version("1.0.0")
package org.tidebox.storage.tests.memory;

import org.osgi.annotation.versioning.Version;
