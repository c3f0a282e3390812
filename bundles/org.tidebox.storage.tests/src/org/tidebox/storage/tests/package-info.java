/**
 * What every provider of storage must do ({@link org.tidebox.storage.tests.PackStoreContract},
 * {@link org.tidebox.storage.tests.JournalContract}, {@link org.tidebox.storage.tests.RegistryContract}), what ours
 * do beyond that, and stores in memory that tests of other bundles may use.
 */
@Version("1.0.0")
package org.tidebox.storage.tests;

import org.osgi.annotation.versioning.Version;
