package org.tidebox.storage.packs;

/**
 * Where a chunk lies.
 *
 * @param pack the pack's name, unique within its space
 * @param offset of the chunk's frame in the pack, in bytes
 * @param length of the frame in bytes
 */
public record PackPlace(String pack, long offset, int length) {
}
