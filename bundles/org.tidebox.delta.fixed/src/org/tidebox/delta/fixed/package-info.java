/**
 * The chunker that cuts at fixed distances: for contents that change in place, such as disk images, and as the
 * plainest provider to compare others with. Nobody calls it by name; it is found as a service.
 */
@Version("1.0.0")
package org.tidebox.delta.fixed;

import org.osgi.annotation.versioning.Version;
