/**
 * Types of files from the table of Apache Tika, which is the same on every device. The table is read when it is first
 * asked: rules over extensions alone never need it. Nobody calls this by name; it is found as a service.
 */
@Version("1.0.0")
package org.tidebox.rules.tika;

import org.osgi.annotation.versioning.Version;
