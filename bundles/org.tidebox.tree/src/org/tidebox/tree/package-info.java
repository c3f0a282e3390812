/**
 * The words that every other bundle speaks: names and paths, ids, recipes, nodes and changes.
 *
 * <p>Plain immutable values without any framework. What the values mean to a server or a device does not live here.
 */
@Version("1.0.0")
package org.tidebox.tree;

import org.osgi.annotation.versioning.Version;
