/** Tests of what rules hold back. */
package org.tidebox.sync.internal.held;
