package org.tidebox.crypto.internal;

/** The native library is not there, or does not work here. Trying again does not help. */
public final class NativeUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    NativeUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
