/**
 * What a device remembers: its sync folders, the three trees of each, and the stamps by which files are recognised. The database
 * behind it is a provider in a bundle of its own.
 */
@Version("1.0.0")
package org.tidebox.sync.device;

import org.osgi.annotation.versioning.Version;
