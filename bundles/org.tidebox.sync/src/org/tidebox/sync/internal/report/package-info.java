/** What a run tells while it works: progress and problems; and how it is asked to stop. */
package org.tidebox.sync.internal.report;
