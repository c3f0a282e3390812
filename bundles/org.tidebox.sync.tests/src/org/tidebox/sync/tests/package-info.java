/** Tests of the sync engine: its parts, and devices that meet at a server in memory. */
package org.tidebox.sync.tests;
