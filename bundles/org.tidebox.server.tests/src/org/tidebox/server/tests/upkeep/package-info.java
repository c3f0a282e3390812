/** Tests of garbage collection, retention, scrubbing and repair. */
package org.tidebox.server.tests.upkeep;
