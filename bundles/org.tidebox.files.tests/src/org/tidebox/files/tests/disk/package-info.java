/**
 * A disk for simulations: Jimfs behind a file system provider of its own, which adds what a real disk does and Jimfs
 * does not. Inode numbers are used again, change times cannot be set, clocks of files tick coarsely, and a crash takes
 * away what was not forced; {@link org.tidebox.files.tests.disk.EveryCrash} goes through all crashes of some work. It
 * does not show: permissions that are enforced, full disks, hard links.
 */
@Version("1.0.0")
package org.tidebox.files.tests.disk;

import org.osgi.annotation.versioning.Version;
