/**
 * Derby inside a process of ours: how a database is made, started, kept writable and stopped. Which tables it has, how
 * they are asked and what its errors mean is up to those who open one: the device's database and the server's metadata.
 */
@Version("1.0.0")
package org.tidebox.derby;

import org.osgi.annotation.versioning.Version;
