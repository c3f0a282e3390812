package org.tidebox.rules;

/** Which way a transfer goes. */
public enum Direction {
    /** From the device to the server. */
    UPLOAD,
    /** From the server to the device. */
    DOWNLOAD
}
