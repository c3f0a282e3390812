/** Tests of the words that every bundle speaks, and of swap points. */
package org.tidebox.tree.tests;
