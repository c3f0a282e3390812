/** Starts the built products as a user would, as real processes with real TLS and real folders, and proves requirements on them. */
package org.tidebox.it.tests;
