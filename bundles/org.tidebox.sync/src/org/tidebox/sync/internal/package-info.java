/** The engine of one sync folder: runs detect, pull, plan and apply until nothing is left to do. Each of these has a room below. */
package org.tidebox.sync.internal;
