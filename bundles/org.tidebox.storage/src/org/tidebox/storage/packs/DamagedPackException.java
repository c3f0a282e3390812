package org.tidebox.storage.packs;

import org.tidebox.storage.StorageException;

/** Stored bytes are not what was stored. Trying again does not help; the same content sent again does. */
public final class DamagedPackException extends StorageException {
    private static final long serialVersionUID = 1L;
    private final transient PackPlace place;

    /** Says where what is wrong. */
    public DamagedPackException(String space, PackPlace place, String reason) {
        super("Pack " + place.pack() + " of space '" + space + "' is damaged at offset " + place.offset() + " (length "
                + place.length() + "): " + reason, true, null);
        this.place = place;
    }

    /** Returns the place that was to be read. */
    public PackPlace place() {
        return place;
    }
}
