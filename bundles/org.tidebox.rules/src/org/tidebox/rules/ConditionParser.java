package org.tidebox.rules;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.tidebox.rules.internal.FolderGlob;
import org.tidebox.rules.internal.GlobParser;
import org.tidebox.rules.internal.Lexer;
import org.tidebox.rules.internal.Lexer.Token;
import org.tidebox.rules.internal.PatternException;

/**
 * Reads conditions as people write them.
 *
 * <pre>
 * condition = and { "or" and }        and = not { "and" not }        not = "not" not | "(" condition ")" | test
 * test = "all" | "in" FOLDER | "type" TYPE { "," TYPE } | "size" ( "&lt;=" | "&gt;" ) NUMBER UNIT
 *      | "age" ( "&lt;=" | "&gt;" ) NUMBER UNIT | "name" GLOB | "name" "~" EXPRESSION
 * </pre>
 *
 * What holds blanks, commas, parentheses or a comparing sign stands in quotation marks, in which two of them stand for one.
 */
public final class ConditionParser {
    private static final String TESTS = "all, in, type, size, age, name or not";
    /** Deeper than anybody writes, and far from the end of the stack. */
    private static final int DEEPEST = 100;

    private final String text;
    private final List<Token> tokens;
    private int next;
    private int depth;

    private ConditionParser(String text) throws ConditionException {
        this.text = text;
        this.tokens = Lexer.cut(text);
    }

    /**
     * Reads a condition. Whether there are such types is not looked at; {@link Decider} does.
     *
     * @throws ConditionException if it is none; says where
     */
    public static Condition parse(String text) throws ConditionException {
        ConditionParser parser = new ConditionParser(Normalizer.normalize(text, Normalizer.Form.NFC));
        Condition condition = parser.any();
        Token rest = parser.take();
        if (!rest.isEnd()) {
            throw parser.wrong(rest, "'and' or 'or' was expected, not " + rest);
        }
        return condition;
    }

    private Condition any() throws ConditionException {
        List<Condition> parts = new ArrayList<>(List.of(all()));
        while (peek().is("or")) {
            take();
            parts.add(all());
        }
        return parts.size() == 1 ? parts.getFirst() : new Condition.AnyOf(parts);
    }

    private Condition all() throws ConditionException {
        List<Condition> parts = new ArrayList<>(List.of(not()));
        while (peek().is("and")) {
            take();
            parts.add(not());
        }
        return parts.size() == 1 ? parts.getFirst() : new Condition.AllOf(parts);
    }

    private Condition not() throws ConditionException {
        Token token = take();
        if (++depth > DEEPEST) {
            throw wrong(token, "conditions are nested too deeply");
        }
        Condition condition;
        if (token.is("not")) {
            condition = new Condition.Not(not());
        } else if (token.is("(")) {
            condition = any();
            Token closing = take();
            if (!closing.is(")")) {
                throw wrong(closing, "')' was expected, not " + closing);
            }
        } else {
            condition = test(token);
        }
        depth--;
        return condition;
    }

    private Condition test(Token token) throws ConditionException {
        return switch (token.quoted() ? "" : token.text()) {
            case "all" -> new Condition.Everything();
            case "in" -> new Condition.InFolder(folder(word("a folder")));
            case "type" -> new Condition.OfType(types());
            case "size" -> size();
            case "age" -> age();
            case "name" -> name();
            default -> throw wrong(token, "a condition begins with " + TESTS + ", not with " + token);
        };
    }

    private String folder(Token word) throws ConditionException {
        try {
            FolderGlob.parse(word.text());
            return word.text();
        } catch (PatternException e) {
            throw new ConditionException(text, word.start() + e.position(), e.getMessage());
        }
    }

    private List<String> types() throws ConditionException {
        List<String> types = new ArrayList<>();
        do {
            types.add(word("a type").text().toLowerCase(Locale.ROOT));
        } while (comma());
        return types;
    }

    private boolean comma() {
        boolean follows = peek().is(",");
        next += follows ? 1 : 0;
        return follows;
    }

    private Condition size() throws ConditionException {
        boolean above = above();
        Token number = word("a size");
        try {
            return new Condition.Size(above, ByteSize.parse(number.text() + " " + unit(number)));
        } catch (IllegalArgumentException e) {
            throw wrong(number, e.getMessage());
        }
    }

    private Condition age() throws ConditionException {
        boolean above = above();
        Token number = word("an age");
        String digits = number.text().replaceFirst("[^0-9].*", "");
        try {
            String unit = digits.length() < number.text().length()
                    ? number.text().substring(digits.length())
                    : unit(number);
            return new Condition.Age(above, TimeSpan.of(digits, unit));
        } catch (IllegalArgumentException e) {
            throw wrong(number, e.getMessage());
        }
    }

    /** A unit may stand apart from its number. */
    private String unit(Token number) {
        Token follows = peek();
        boolean apart = Character
                .isDigit(number.text().isEmpty() ? ' ' : number.text().charAt(number.text().length() - 1))
                && !follows.sign() && !follows.quoted() && !Quotes.KEYWORDS.contains(follows.text());
        return apart ? take().text() : "";
    }

    private boolean above() throws ConditionException {
        Token sign = take();
        if (!sign.is("<=") && !sign.is(">")) {
            throw wrong(sign, "'<=' or '>' was expected, not " + sign);
        }
        return sign.is(">");
    }

    private Condition name() throws ConditionException {
        boolean regular = peek().is("~");
        if (regular) {
            take();
        }
        Token word = word(regular ? "a regular expression" : "a pattern of names");
        try {
            if (regular) {
                Pattern.compile(word.text());
            } else {
                GlobParser.parse(word.text(), 0);
            }
            return new Condition.Named(word.text(), regular);
        } catch (PatternSyntaxException e) {
            throw new ConditionException(text, word.start() + Math.max(0, e.getIndex()),
                    "the regular expression is wrong: " + e.getDescription());
        } catch (PatternException e) {
            throw new ConditionException(text, word.start() + e.position(), e.getMessage());
        }
    }

    private Token word(String what) throws ConditionException {
        Token token = take();
        if (token.sign() || !token.quoted() && Quotes.KEYWORDS.contains(token.text()) || token.text().isEmpty()) {
            throw wrong(token, what + " was expected, not " + token
                    + (token.sign() ? "" : "; write it in quotation marks if you mean it"));
        }
        return token;
    }

    private Token peek() {
        return tokens.get(next);
    }

    private Token take() {
        Token token = tokens.get(next);
        next = Math.min(next + 1, tokens.size() - 1);
        return token;
    }

    private ConditionException wrong(Token token, String problem) {
        return new ConditionException(text, token.position(), problem);
    }
}
