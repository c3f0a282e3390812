/**
 * Where a server keeps things: packs of chunks ({@link org.tidebox.storage.packs.PackStore}) and everything else ({@link
 * org.tidebox.storage.provider.MetadataStore}). Two swap points; their providers live in bundles beside this one, and only
 * {@code org.tidebox.server} calls them. Deciding what may be stored is not done here. This package holds the errors that
 * all of it throws, and the locks on folders.
 */
@Version("1.0.0")
package org.tidebox.storage;

import org.osgi.annotation.versioning.Version;
