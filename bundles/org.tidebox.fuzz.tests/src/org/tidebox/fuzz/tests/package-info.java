/**
 * Everything that reads what others wrote, fed with inputs that a fuzzer makes. A {@link org.tidebox.fuzz.tests.Target}
 * says what reads, what may come of it, and what to begin with; {@link org.tidebox.fuzz.tests.CorpusTest} goes through
 * what was worth keeping, and the fuzzer through as much as there is time for.
 */
package org.tidebox.fuzz.tests;
