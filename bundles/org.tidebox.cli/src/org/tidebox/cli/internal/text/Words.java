package org.tidebox.cli.internal.text;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the command line says, from its file of texts.
 *
 * <p>In a text <code>{0}</code> stands for the first argument, or the first component of a record, as it is;
 * <code>{0,count}</code> for a number with its thousands set apart, <code>{0,bytes}</code> for an amount of bytes,
 * <code>{0,moment}</code> for a time, <code>{0,millis}</code> for how long something takes,
 * <code>{0,file|files}</code> for the first word where the number is one and the second one otherwise, and
 * <code>{0?, said so}</code> for a text that is there if the argument is. An argument that is a record or a constant
 * which has a text stands for that.
 */
public final class Words {
    private static final String NAME = "org.tidebox.cli.internal.text.messages";
    private static final Pattern SLOT = Pattern
            .compile("\\{(\\d+)(?:,([^{}?]*))?(?:\\?([^{}]*(?:\\{[^{}]*\\}[^{}]*)*))?\\}");
    private static final Map<String, Function<Object, String>> FORMS = Map.of(
            "count", value -> Units.count(((Number) value).longValue()),
            "bytes", value -> Units.bytes(((Number) value).longValue()),
            "moment", value -> Units.moment(value.toString(), ZoneId.systemDefault()),
            "millis", value -> Units.duration(Duration.ofMillis(((Number) value).longValue())));

    private static volatile ResourceBundle texts;
    private static volatile Locale language = Locale.ROOT;

    private Words() {
    }

    /** Chooses the language. Programs get {@link Locale#ROOT}, whatever the language of the person. */
    public static void speak(Locale chosen) {
        language = chosen;
        texts = null;
    }

    /**
     * Returns a text.
     *
     * @param key its name in the file
     * @throws MissingResourceException if there is none
     */
    public static String of(String key, Object... arguments) {
        return fill(texts().getString(key), arguments);
    }

    /**
     * Returns the text of a fact: a record, or a constant. Its name is the simple name of the outermost type around it
     * and of its own, such as {@code Reason.NoRoom}.
     */
    public static String of(Object fact) {
        String key = key(fact);
        if (!texts().containsKey(key)) {
            return fact.toString();
        }
        return fact instanceof Record record ? of(key, components(record)) : of(key, new Object[0]);
    }

    /**
     * Returns another text about a record than its own.
     *
     * @param what names it: the text's name is this and the record's simple name, such as {@code Answered.SetBack}
     */
    public static String about(String what, Object fact) {
        return of(what + "." + fact.getClass().getSimpleName(), components((Record) fact));
    }

    /** Returns whether a fact has a text. */
    public static boolean has(Object fact) {
        return texts().containsKey(key(fact));
    }

    private static String key(Object fact) {
        if (fact instanceof Enum<?> constant) {
            return name(constant.getDeclaringClass()) + "." + constant.name();
        }
        return name(fact.getClass());
    }

    private static String name(Class<?> type) {
        return type.getEnclosingClass() == null
                ? type.getSimpleName()
                : name(type.getEnclosingClass()) + "." + type.getSimpleName();
    }

    private static Object[] components(Record record) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = read(record, components[i]);
        }
        return values;
    }

    private static Object read(Record record, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("cannot read " + component, e);
        }
    }

    private static String fill(String pattern, Object... arguments) {
        Matcher slot = SLOT.matcher(pattern);
        StringBuilder text = new StringBuilder();
        while (slot.find()) {
            Object value = arguments[Integer.parseInt(slot.group(1))];
            String shown = slot.group(3) == null
                    ? shown(value, slot.group(2))
                    : isThere(value) ? fill(slot.group(3), arguments) : "";
            slot.appendReplacement(text, Matcher.quoteReplacement(shown));
        }
        return slot.appendTail(text).toString();
    }

    private static boolean isThere(Object value) {
        return value != null && !value.equals(false) && !value.equals(0) && !value.equals(0L) && !value.equals("");
    }

    private static String shown(Object value, String form) {
        if (form == null) {
            return switch (value) {
                case Record fact -> of((Object) fact);
                case Enum<?> fact -> of((Object) fact);
                case Collection<?> several -> several.stream().map(each -> shown(each, null))
                        .collect(Collectors.joining(several.stream().anyMatch(Record.class::isInstance) ? "; " : ", "));
                case null, default -> String.valueOf(value);
            };
        }
        int bar = form.indexOf('|');
        if (bar >= 0) {
            boolean isFirst = value instanceof Number number ? number.longValue() == 1 : Boolean.TRUE.equals(value);
            return isFirst ? form.substring(0, bar) : form.substring(bar + 1);
        }
        return FORMS.get(form).apply(value);
    }

    private static ResourceBundle texts() {
        ResourceBundle known = texts;
        if (known == null) {
            known = ResourceBundle.getBundle(NAME, language,
                    ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
            texts = known;
        }
        return known;
    }
}
