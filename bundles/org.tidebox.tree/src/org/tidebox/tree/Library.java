package org.tidebox.tree;

/**
 * A named tree of nodes with one journal.
 *
 * @param id its identity
 * @param name unique within the account
 * @param kind what it is for
 * @param head the highest sequence of its journal
 */
public record Library(LibraryId id, String name, LibraryKind kind, long head) {
}
