/** The contract of each store, run on every provider. */
package org.tidebox.storage.tests.contract;
