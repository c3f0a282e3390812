/** Tests of when memory is given back. */
package org.tidebox.memory.internal;
