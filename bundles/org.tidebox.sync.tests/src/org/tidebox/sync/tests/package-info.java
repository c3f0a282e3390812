/** The world in which the sync engine is tested: devices, servers in memory, users, and trees by chance. */
package org.tidebox.sync.tests;
