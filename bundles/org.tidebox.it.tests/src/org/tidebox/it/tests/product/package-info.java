/** The products themselves: how they start, their logs, their class archive, their cryptography. */
package org.tidebox.it.tests.product;
