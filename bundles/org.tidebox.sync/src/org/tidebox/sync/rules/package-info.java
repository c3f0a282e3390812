/** What rules mean for one sync folder: who decides, what is held back, and what other rules would change. */
@Version("1.0.0")
package org.tidebox.sync.rules;

import org.osgi.annotation.versioning.Version;
