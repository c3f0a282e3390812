package org.tidebox.fuzz.tests;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.tidebox.rules.ByteSize;
import org.tidebox.rules.Condition;
import org.tidebox.rules.ConditionException;
import org.tidebox.rules.ConditionParser;
import org.tidebox.rules.TimeSpan;

/** What people write in rules: conditions, sizes and ages. The first byte chooses. */
final class RulesTarget implements Target {
    @Override
    public void accept(byte[] input) throws Exception {
        Draw draw = new Draw(input);
        switch (draw.next() % 3) {
            case 0 -> condition(draw.text());
            case 1 -> size(draw.text());
            default -> age(new String(draw.some(), StandardCharsets.UTF_8), draw.text());
        }
    }

    private static void condition(String text) throws ConditionException {
        Condition condition;
        try {
            condition = ConditionParser.parse(text);
        } catch (ConditionException e) {
            return;
        }
        if (!ConditionParser.parse(condition.text()).equals(condition)) {
            throw new AssertionError("'" + condition.text() + "' is read as something else");
        }
    }

    private static void size(String text) {
        try {
            long bytes = ByteSize.parse(text);
            if (bytes < 0 || ByteSize.parse(ByteSize.text(bytes)) != bytes) {
                throw new AssertionError(bytes + " bytes are written as " + ByteSize.text(bytes));
            }
        } catch (IllegalArgumentException e) {
            return;
        }
    }

    private static void age(String number, String unit) {
        try {
            TimeSpan.text(TimeSpan.of(number, unit));
        } catch (IllegalArgumentException e) {
            return;
        }
    }

    @Override
    public List<byte[]> seeds() {
        return List.of(seed(0, "all"), seed(0, "in /docs/** and not (type pdf, image/* or size > 50 MiB)"),
                seed(0, "name \"a, b\" or name ~ \"x[0-9]+\" and age <= 30 days"), seed(1, "50 MiB"),
                seed(1, "1.5 gb"), Samples.prefixed(2, Samples.prefixed(2, Samples.utf8("30days"))));
    }

    private static byte[] seed(int choice, String text) {
        return Samples.prefixed(choice, Samples.utf8(text));
    }
}
