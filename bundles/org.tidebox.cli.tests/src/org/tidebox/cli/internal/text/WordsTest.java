package org.tidebox.cli.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.agent.AgentProblem;
import org.tidebox.sync.folder.FolderMessage;
import org.tidebox.sync.folder.MountAway;
import org.tidebox.sync.folder.Obstacle;
import org.tidebox.sync.folder.Question;

/** Each fact that the agent and the server tell has words here, and there are no words without a fact. */
@Tag("P5")
class WordsTest {
    /** Facts of several kinds. */
    private static final List<Class<?>> FACTS = List.of(AgentProblem.class, Obstacle.class, FolderMessage.class,
            MountAway.class);

    @Test
    void eachFactHasWordsInWhichNothingIsLeftToFillIn() throws Exception {
        int kinds = 0;
        for (Class<?> kind : kinds()) {
            Object fact = sample(kind);
            assertThat(Words.has(fact)).as(kind.getName()).isTrue();
            assertThat(Words.of(fact)).isNotBlank().doesNotContain("{").doesNotContain("null");
            kinds++;
        }
        assertThat(kinds).isGreaterThan(40);
    }

    @Test
    void noWordsOfAKindThatIsNoFactAnyMore() throws IOException {
        Set<String> known = new HashSet<>();
        Set<String> families = new HashSet<>();
        for (Class<?> kind : kinds()) {
            String family = kind.getEnclosingClass().getSimpleName();
            families.add(family);
            known.add(family + "." + kind.getSimpleName());
        }
        assertThat(file().stringPropertyNames().stream()
                .filter(key -> families.contains(key.substring(0, Math.max(0, key.indexOf('.'))))))
                .isSubsetOf(known);
    }

    @Test
    void eachQuestionThatCanBeAnsweredHasWordsForTheAnswer() throws Exception {
        for (Class<?> kind : Question.class.getPermittedSubclasses()) {
            Question question = (Question) sample(kind);
            if (question.isAnswerable()) {
                assertThat(Words.about("Answered", question)).isNotBlank().doesNotContain("{");
            }
        }
    }

    @Test
    void valuesAreFilledInAsPeopleReadThem() {
        assertThat(Words.of(new Obstacle.FolderUnreadable(new Obstacle.AccessDenied())))
                .isEqualTo("the folder cannot be read: access denied; check the permissions");
        assertThat(Words.of(new Obstacle.TooLarge(64 << 10))).isEqualTo("it is larger than 64.0 KiB");
        assertThat(Words.of(new Obstacle.IgnoreNoFile(true))).contains("but a link,");
        assertThat(Words.of(new Obstacle.ExtendedNotHeld(List.of("a", "b"), null)))
                .endsWith("its extended attributes a, b");
        assertThat(Words.of(new Obstacle.ExtendedNotHeld(List.of("a"), new Obstacle.NoRoomForExtended())))
                .endsWith("a: there is no room for them on this disk");
        assertThat(Words.of(new Obstacle.Other("$1 {0} \\"))).isEqualTo("$1 {0} \\");
    }

    @Test
    void programsReadTheSameInEachLanguage() {
        String english = JsonDocument.of(new Named(new Obstacle.NoRoom()));
        Words.speak(Locale.JAPANESE);
        try {
            assertThat(JsonDocument.of(new Named(new Obstacle.NoRoom()))).isEqualTo(english);
        } finally {
            Words.speak(Locale.ROOT);
        }
        assertThat(english).contains("\"reason\" : \"no space left", "\"reasonData\"", "\"is\" : \"NoRoom\"");
    }

    /** Something with a fact in it. */
    record Named(Obstacle reason) {
    }

    private static List<Class<?>> kinds() {
        List<Class<?>> all = new ArrayList<>();
        FACTS.forEach(family -> collect(family, all));
        return all;
    }

    private static void collect(Class<?> family, List<Class<?>> all) {
        for (Class<?> kind : family.getPermittedSubclasses()) {
            if (kind.isSealed()) {
                collect(kind, all);
            } else {
                all.add(kind);
            }
        }
    }

    private static Properties file() throws IOException {
        Properties texts = new Properties();
        try (InputStream in = Words.class.getResourceAsStream("messages.properties")) {
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
        return texts;
    }

    private static Object sample(Class<?> record) throws ReflectiveOperationException {
        RecordComponent[] components = record.getRecordComponents();
        List<Object> values = new ArrayList<>();
        for (RecordComponent component : components) {
            values.add(value(component.getType(), component.getGenericType()));
        }
        var constructor = record.getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        constructor.setAccessible(true);
        return constructor.newInstance(values.toArray());
    }

    private static Object value(Class<?> type, Type generic) throws ReflectiveOperationException {
        if (type == String.class) {
            return "something";
        }
        if (type == long.class) {
            return 7L;
        }
        if (type == int.class) {
            return 7;
        }
        if (type == boolean.class) {
            return true;
        }
        if (type == List.class) {
            Class<?> element = (Class<?>) ((ParameterizedType) generic).getActualTypeArguments()[0];
            return List.of(value(element, element));
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        return sample(type.isSealed() ? first(type) : type);
    }

    private static Class<?> first(Class<?> family) {
        return Arrays.stream(family.getPermittedSubclasses())
                .filter(kind -> Arrays.stream(kind.getRecordComponents()).noneMatch(part -> part.getType().isSealed()))
                .findFirst().orElseThrow();
    }
}
