package org.tidebox.rules;

import org.osgi.annotation.versioning.ProviderType;

/** Reads ignore files: what they name is no candidate at all, whatever the rules say. Stateless. A service. */
@ProviderType
public interface IgnoreProvider {
    /** The service property that names the provider. */
    String PROVIDER = "tidebox.provider";

    /** The name of the files that are read, in any folder. */
    String FILE = ".tidebox-ignore";

    /**
     * Returns what is ignored in the root of a tree.
     *
     * @param defaults what is ignored unless a file of the tree says otherwise, in the form of such a file
     * @param file the root's own ignore file; empty if there is none
     */
    IgnoreScope root(String defaults, String file);
}
