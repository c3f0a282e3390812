package org.tidebox.storage.packs;

/**
 * One pack.
 *
 * @param name unique within its space
 * @param length in bytes
 */
public record PackInfo(String name, long length) {
}
