/** Tests of {@code org.tidebox.control} over real sockets. */
package org.tidebox.control.tests;
