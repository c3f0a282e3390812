package org.tidebox.rules;

import org.osgi.annotation.versioning.ProviderType;

/** What is ignored in one folder, by its own ignore file and those of the folders above. Immutable. */
@ProviderType
public interface IgnoreScope {
    /** Ignores nothing, here and below. */
    IgnoreScope NOTHING = new IgnoreScope() {
        @Override
        public boolean ignores(String name, boolean folder) {
            return false;
        }

        @Override
        public IgnoreScope enter(String name, String file) {
            return this;
        }
    };

    /** Ignores everything, here and below. */
    IgnoreScope EVERYTHING = new IgnoreScope() {
        @Override
        public boolean ignores(String name, boolean folder) {
            return true;
        }

        @Override
        public IgnoreScope enter(String name, String file) {
            return this;
        }
    };

    /**
     * Returns whether an entry of the folder is ignored.
     *
     * @param folder whether it is a folder; all in one that is ignored is ignored as well
     */
    boolean ignores(String name, boolean folder);

    /**
     * Returns what is ignored in a folder of this folder.
     *
     * @param file that folder's own ignore file; empty if there is none
     */
    IgnoreScope enter(String name, String file);
}
