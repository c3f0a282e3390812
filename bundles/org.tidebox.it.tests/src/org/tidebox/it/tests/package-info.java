/**
 * Starts the built products as a user would, as real processes with real TLS and real folders, and proves requirements
 * on them. The tests are sorted by subject; what they share is in {@code scene}.
 */
package org.tidebox.it.tests;
