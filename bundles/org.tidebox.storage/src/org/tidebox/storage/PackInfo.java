package org.tidebox.storage;

/**
 * One pack.
 *
 * @param name unique within its space
 * @param length in bytes
 */
public record PackInfo(String name, long length) {
}
