package org.tidebox.tree;

/** A name or path that Tidebox cannot carry. Trying again does not help. */
public final class BadNameException extends Exception {
    private static final long serialVersionUID = 1L;
    private final String name;

    /** Says of which name what is wrong. */
    public BadNameException(String name, String reason) {
        super("'" + printable(name) + "' cannot be used as a name: " + reason);
        this.name = name;
    }

    /** Returns the offending name as it came. */
    public String getName() {
        return name;
    }

    private static String printable(String name) {
        return VisibleText.of(name.length() > 80 ? name.substring(0, 80) + "…" : name);
    }
}
