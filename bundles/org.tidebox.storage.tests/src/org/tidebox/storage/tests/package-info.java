/**
 * Tests of storage: the contracts that every provider must keep, what ours do beyond that, and stores in memory that
 * tests of other bundles may use.
 */
package org.tidebox.storage.tests;
