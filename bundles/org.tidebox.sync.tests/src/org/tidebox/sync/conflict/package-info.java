/** Tests of conflict copies and of how they are resolved. */
package org.tidebox.sync.conflict;
