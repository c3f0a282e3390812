/** Tests of {@code org.tidebox.wire}: what is written can be read, and nothing else can. */
package org.tidebox.wire.tests;
