package org.tidebox.tree;

import java.util.List;

/**
 * The place of a node inside its library: checked names joined by slashes; the empty text is the root folder.
 *
 * @param value the names, joined by {@code /}, without a leading or trailing slash
 */
public record NodePath(String value) implements Comparable<NodePath> {
    /** The root folder. */
    public static final NodePath ROOT = new NodePath("");

    /**
     * Reads a path that somebody gave us.
     *
     * @throws BadNameException if it is absolute, climbs with {@code ..}, or holds a bad name
     */
    public static NodePath parse(String text) throws BadNameException {
        if (text.isEmpty()) {
            return ROOT;
        }
        for (String name : text.split("/", -1)) {
            NodeName.check(name);
        }
        return new NodePath(text);
    }

    /** Returns the place of a child; the name must have been checked. */
    public NodePath resolve(String name) {
        return new NodePath(isRoot() ? name : value + "/" + name);
    }

    /** Returns whether this is the root folder. */
    public boolean isRoot() {
        return value.isEmpty();
    }

    /** Returns the folder that holds this place; the root is its own parent. */
    public NodePath parent() {
        int slash = value.lastIndexOf('/');
        return slash < 0 ? ROOT : new NodePath(value.substring(0, slash));
    }

    /** Returns the last name; empty for the root. */
    public String name() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    /** Returns the names from the root down. */
    public List<String> names() {
        return isRoot() ? List.of() : List.of(value.split("/"));
    }

    /** Returns whether this place is the other one or lies below it. */
    public boolean startsWith(NodePath other) {
        return other.isRoot() || value.equals(other.value) || value.startsWith(other.value + "/");
    }

    @Override
    public int compareTo(NodePath other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return isRoot() ? "/" : value;
    }
}
