/** Tests of the whole engine: devices that meet at a server in memory. */
package org.tidebox.sync;
