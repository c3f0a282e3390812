/**
 * The chunker that cuts where the content says so, so that an insertion moves the cuts along with the bytes. Nobody
 * calls it by name; it is found as a service.
 */
@Version("1.0.0")
package org.tidebox.delta.fastcdc;

import org.osgi.annotation.versioning.Version;
