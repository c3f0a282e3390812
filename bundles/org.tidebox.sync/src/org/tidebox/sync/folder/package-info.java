/**
 * What passes between a sync folder and its owner: where to look and what is known of the server on the way in, state, progress,
 * problems and questions on the way out.
 */
@Version("1.0.0")
package org.tidebox.sync.folder;

import org.osgi.annotation.versioning.Version;
