/** Tests of what confines a device to its folders. */
package org.tidebox.sync.confined;
