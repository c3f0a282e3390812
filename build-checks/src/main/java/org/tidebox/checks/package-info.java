/**
 * Rules of this project that a compiler does not know, checked over the source tree before anything else is built. Each
 * {@link org.tidebox.checks.Check} reads the {@link org.tidebox.checks.SourceTree} and returns its
 * {@link org.tidebox.checks.Violation}s; the tests of this module run all of them over the real tree.
 */
package org.tidebox.checks;
