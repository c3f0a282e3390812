/** What a storage technology implements, how it is opened, and how the one in use is chosen. */
@Version("1.0.0")
package org.tidebox.storage.provider;

import org.osgi.annotation.versioning.Version;
