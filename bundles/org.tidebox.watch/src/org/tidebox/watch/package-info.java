/**
 * Telling which entries of a directory tree have changed: the API of watchers, and what all of them share.
 *
 * <p>A watcher says <em>where</em> something changed, never what: who listens looks for itself. How changes are noticed
 * lives in provider bundles beside this one. Sync engines call it.
 */
@Version("1.0.0")
package org.tidebox.watch;

import org.osgi.annotation.versioning.Version;
