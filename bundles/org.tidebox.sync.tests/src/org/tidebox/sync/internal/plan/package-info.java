/** Tests of the planner: a table of cases, and properties over trees by chance. */
package org.tidebox.sync.internal.plan;
