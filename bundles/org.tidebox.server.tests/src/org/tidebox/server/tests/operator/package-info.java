/** Tests of operator commands. */
package org.tidebox.server.tests.operator;
