/** The scene of the tests: the products, servers and devices as processes, networks and disks that fail, and a look at trees. */
package org.tidebox.it.tests.scene;
