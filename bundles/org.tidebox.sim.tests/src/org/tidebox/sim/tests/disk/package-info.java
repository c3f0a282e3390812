/**
 * A disk for simulations: Jimfs behind a file system provider of its own, which adds what a real disk does and Jimfs
 * does not. Inode numbers are used again, change times cannot be set, clocks of files tick coarsely, and a crash takes
 * away what was not forced. It does not show: permissions that are enforced, full disks, hard links.
 */
package org.tidebox.sim.tests.disk;
