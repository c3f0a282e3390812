/**
 * The data folder of a server: opening its stores and opening them anew when a provider changes, the operator's
 * options and choices, and what is left free on the disk.
 */
@Version("1.1.0")
package org.tidebox.server.data;

import org.osgi.annotation.versioning.Version;
