/**
 * Looking after the data of a server while it serves: letting go of old versions, freeing what nothing names, checking,
 * reading everything again, and making the chunk index anew. {@link org.tidebox.server.upkeep.Upkeep} is the way in.
 */
@Version("1.0.0")
package org.tidebox.server.upkeep;

import org.osgi.annotation.versioning.Version;
