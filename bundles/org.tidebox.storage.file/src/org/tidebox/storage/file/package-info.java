/**
 * Packs as files on a disk, below the folder {@code packs} of the server's data. {@link
 * org.tidebox.storage.file.PackFormat} says what lies in them. Nobody calls this bundle by name; {@link
 * org.tidebox.storage.file.FilePackStoreProvider} is found as a service.
 */
@Version("1.0.0")
package org.tidebox.storage.file;

import org.osgi.annotation.versioning.Version;
