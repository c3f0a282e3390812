/** People who mean harm: strangers, account holders, other users of the same computer, and a thief. */
package org.tidebox.it.tests.hostile;
