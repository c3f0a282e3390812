/**
 * The device's database in Derby, inside the process of the agent: sync folders with their trees, and settings. The
 * tables are in the numbered scripts beside the classes. Nobody calls this bundle by name;
 * {@link org.tidebox.sync.derby.DerbyClientDatabaseProvider} is found as a service.
 */
@Version("1.0.0")
package org.tidebox.sync.derby;

import org.osgi.annotation.versioning.Version;
