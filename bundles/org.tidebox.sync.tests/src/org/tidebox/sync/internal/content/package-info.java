/** Tests of what is known about contents. */
package org.tidebox.sync.internal.content;
