/**
 * What happens on a device, as faces follow it: one feed of events with revisions, and the log of what was done. {@code
 * docs/faces.md} tells how to use it.
 */
@Version("1.0.0")
package org.tidebox.agent.events;

import org.osgi.annotation.versioning.Version;
