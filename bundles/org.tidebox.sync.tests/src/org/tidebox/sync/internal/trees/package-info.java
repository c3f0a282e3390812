/** Tests of nodes and their states. */
package org.tidebox.sync.internal.trees;
