package org.tidebox.storage.chunks;

/**
 * What the index knows of a pack.
 *
 * @param pack its name
 * @param chunks how many chunks lie in it
 * @param bytes how many bytes their frames take
 */
public record PackUse(String pack, long chunks, long bytes) {
}
