/** Two devices keep a folder the same, also where names, disks, networks and processes make that hard. */
package org.tidebox.it.tests.sync;
