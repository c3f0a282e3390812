package org.tidebox.storage;

/** The disk is full. Trying again helps once there is room. */
public final class StoreFullException extends StorageException {
    private static final long serialVersionUID = 1L;

    /** Says where there is no room. */
    public StoreFullException(String place, Throwable cause) {
        super("No room left on the disk that holds " + place + "; make room there, then try again", false, cause);
    }

    /** Says where there is no room but for what must always be possible, such as deleting. */
    public StoreFullException(String place, long reserve) {
        super("Less than " + (reserve >> 20) + " MiB left on the disk that holds " + place
                + "; make room there, then try again", false, null);
    }
}
