/** The three trees at work: the states of a node on both sides, places and paths, and how an entry of the disk becomes a node. */
package org.tidebox.sync.internal.trees;
