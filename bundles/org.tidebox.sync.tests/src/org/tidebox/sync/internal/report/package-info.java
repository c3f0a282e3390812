/** Tests of what a run tells. */
package org.tidebox.sync.internal.report;
