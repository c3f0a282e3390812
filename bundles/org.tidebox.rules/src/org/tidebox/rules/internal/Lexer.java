package org.tidebox.rules.internal;

import java.util.ArrayList;
import java.util.List;
import org.tidebox.rules.ConditionException;

/** Cuts the text of a condition into words and signs. */
public final class Lexer {
    private static final String SIGNS = "(),<>=~\"";

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String text) {
        this.text = text;
    }

    /**
     * A word or a sign.
     *
     * @param text the word without its quotation marks, or the sign; empty at the end of the text
     * @param position where it begins
     * @param quoted whether it stands in quotation marks, and so means nothing but itself
     * @param sign whether it is a sign
     */
    public record Token(String text, int position, boolean quoted, boolean sign) {
        /** Returns whether this is a keyword or sign. */
        public boolean is(String expected) {
            return !quoted && text.equals(expected);
        }

        /** Returns whether nothing follows. */
        public boolean isEnd() {
            return sign && text.isEmpty();
        }

        /** Returns where the first character of the word stands. */
        public int start() {
            return quoted ? position + 1 : position;
        }

        @Override
        public String toString() {
            return isEnd() ? "the end" : "'" + text + "'";
        }
    }

    /** Cuts a text; the last token is its end. */
    public static List<Token> cut(String text) throws ConditionException {
        Lexer lexer = new Lexer(text);
        lexer.cut();
        return lexer.tokens;
    }

    private void cut() throws ConditionException {
        while (at < text.length()) {
            char sign = text.charAt(at);
            if (Character.isWhitespace(sign)) {
                at++;
            } else if (sign == '"') {
                quoted();
            } else if (SIGNS.indexOf(sign) >= 0) {
                sign();
            } else {
                word();
            }
        }
        tokens.add(new Token("", text.length(), false, true));
    }

    private void sign() throws ConditionException {
        char sign = text.charAt(at);
        boolean equal = at + 1 < text.length() && text.charAt(at + 1) == '=';
        if (sign == '<' && equal) {
            tokens.add(new Token("<=", at, false, true));
            at += 2;
        } else if (sign == '<' || sign == '=' || sign == '>' && equal) {
            throw new ConditionException(text, at, "there are '<=' and '>' to compare with");
        } else {
            tokens.add(new Token(String.valueOf(sign), at, false, true));
            at++;
        }
    }

    private void word() {
        int start = at;
        while (at < text.length() && !Character.isWhitespace(text.charAt(at)) && SIGNS.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        tokens.add(new Token(text.substring(start, at), start, false, false));
    }

    private void quoted() throws ConditionException {
        int start = at;
        StringBuilder word = new StringBuilder();
        at++;
        while (at < text.length()) {
            char sign = text.charAt(at++);
            if (sign != '"') {
                word.append(sign);
            } else if (at < text.length() && text.charAt(at) == '"') {
                word.append(sign);
                at++;
            } else {
                tokens.add(new Token(word.toString(), start, true, false));
                return;
            }
        }
        throw new ConditionException(text, start, "a quotation mark without its other one");
    }
}
