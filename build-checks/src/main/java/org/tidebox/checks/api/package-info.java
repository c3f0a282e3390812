/**
 * What exported packages promise: {@link org.tidebox.checks.api.ApiBaselineCheck} compares it with what was recorded by
 * {@link org.tidebox.checks.api.ApiRecorder}.
 */
package org.tidebox.checks.api;
