/** Tests of what the engine reads from the file system and keeps there. */
package org.tidebox.sync.internal.disk;
