/** Tests of {@link org.tidebox.files}. */
package org.tidebox.files.tests;
