/** Many devices, many files, large files. */
package org.tidebox.it.tests.scale;
