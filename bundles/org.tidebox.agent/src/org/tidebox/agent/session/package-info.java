/** How a face reaches the agent of a home: it attaches to the process that owns the home, or makes one own it. */
@Version("1.0.0")
package org.tidebox.agent.session;

import org.osgi.annotation.versioning.Version;
