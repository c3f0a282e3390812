/** Tests of packs in files. */
@Version("1.0.0")
package org.tidebox.storage.tests.file;

import org.osgi.annotation.versioning.Version;
