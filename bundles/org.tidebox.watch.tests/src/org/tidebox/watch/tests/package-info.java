/** Tests of watching: what every watcher promises, and what is special about each. */
package org.tidebox.watch.tests;
