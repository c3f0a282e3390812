/** Lines, JSON, and what they mean. */
package org.tidebox.control.internal;
