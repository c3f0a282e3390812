package org.tidebox.tree;

import java.text.Normalizer;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;

/**
 * The rules for the names that people give to accounts, devices and libraries. Databases differ in what they make of
 * blanks at the end and of other forms of the same letters, so only one spelling of each name is ever stored; names of
 * older versions that are spelled otherwise are still found.
 */
public final class PlainName {
    /** The most characters (UTF-16 units) of the name of an account or a device. */
    public static final int LONGEST = 64;

    private PlainName() {
    }

    /**
     * Returns a name in the spelling in which it is stored: Unicode NFC, without blanks around it.
     *
     * @param longest the most characters (UTF-16 units) that it may have
     * @throws BadNameException if nothing is left, it is too long, or it holds what nobody can see: control characters,
     *         line breaks, changes of direction, half a surrogate pair
     */
    public static String of(String typed, int longest) throws BadNameException {
        String name = spelled(typed);
        if (name.isEmpty()) {
            throw new BadNameException(typed, "it must not be empty or blank");
        }
        if (name.length() > longest) {
            throw new BadNameException(typed, "it has " + name.length() + " characters; " + longest + " are allowed");
        }
        if (name.codePoints().anyMatch(PlainName::isUnseen)) {
            throw new BadNameException(typed, "it must not hold control characters");
        }
        return name;
    }

    /** Finds what has the name: spelled exactly so, else in another spelling of it. */
    public static <T> Optional<T> find(Collection<T> among, Function<T, String> name, String typed) {
        Optional<T> exact = among.stream().filter(one -> name.apply(one).equals(typed)).findFirst();
        String spelled = spelled(typed);
        return exact.isPresent()
                ? exact
                : among.stream().filter(one -> spelled(name.apply(one)).equals(spelled)).findFirst();
    }

    private static String spelled(String typed) {
        String name = Normalizer.normalize(typed, Normalizer.Form.NFC);
        int from = 0;
        int to = name.length();
        while (from < to && isBlank(name.charAt(from))) {
            from++;
        }
        while (from < to && isBlank(name.charAt(to - 1))) {
            to--;
        }
        return name.substring(from, to);
    }

    private static boolean isBlank(char character) {
        return Character.isSpaceChar(character) || Character.isWhitespace(character);
    }

    private static boolean isUnseen(int character) {
        return Character.isBmpCodePoint(character)
                && (VisibleText.isHidden((char) character) || Character.isSurrogate((char) character));
    }
}
