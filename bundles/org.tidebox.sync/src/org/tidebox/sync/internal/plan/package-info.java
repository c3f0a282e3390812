/** Plans: a pure function from the three trees to operations. No clock, no disk, no lock. */
package org.tidebox.sync.internal.plan;
