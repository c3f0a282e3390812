/** Gives memory back to the machine when a process of ours has come to rest. */
package org.tidebox.memory.internal;
