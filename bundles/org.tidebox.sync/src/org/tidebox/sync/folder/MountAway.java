package org.tidebox.sync.folder;

import org.osgi.annotation.versioning.ProviderType;

/** A file system inside a sync folder that is not as it was. */
@ProviderType
public sealed interface MountAway {
    /** Returns where it was, relative to the root. */
    String path();

    /** Returns how many entries it holds, or hides, that would be deleted. */
    long entries();

    /** It is not mounted. */
    record Missing(String path, long entries) implements MountAway {
    }

    /** Another one is mounted in its place. */
    record Other(String path, long entries) implements MountAway {
    }

    /** One is mounted over entries that are synchronised. */
    record Covering(String path, long entries) implements MountAway {
    }

    /** It is there, and does not answer. */
    record Silent(String path, Obstacle reason) implements MountAway {
        @Override
        public long entries() {
            return 0;
        }
    }
}
