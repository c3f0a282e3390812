/** Tests of how memory and processor time are shared. */
package org.tidebox.server.tests.limits;
