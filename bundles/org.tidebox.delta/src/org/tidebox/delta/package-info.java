/**
 * Cutting content into chunks and putting it together again: the API of chunkers, the coding of chunks, the building
 * and reading of recipes, and the differences between chunks. The algorithms that find the cuts live in provider
 * bundles beside this one.
 */
@Version("1.0.0")
package org.tidebox.delta;

import org.osgi.annotation.versioning.Version;
