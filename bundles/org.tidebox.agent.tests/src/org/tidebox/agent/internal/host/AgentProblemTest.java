package org.tidebox.agent.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.AgentProblem;
import org.tidebox.control.ControlApi;
import org.tidebox.control.ControlClient;
import org.tidebox.control.ControlConnection;
import org.tidebox.control.ControlName;
import org.tidebox.control.ControlServer;
import org.tidebox.control.ControlSocket;

/** Every problem that the agent can tell of comes over the control socket as it was. */
@Tag("P5")
@Timeout(60)
class AgentProblemTest {
    @TempDir
    private Path home;

    /** Fails with the problem of a number. */
    @ControlName("failing")
    interface Failing {
        void fail(int problem, boolean permanent) throws AgentException;
    }

    @Test
    void everyProblemComesOverTheSocketAsItWas() throws Exception {
        List<AgentProblem> all = samples(AgentProblem.class);
        assertThat(all).hasSizeGreaterThan(10);
        try (ControlServer server = new ControlServer(ControlSocket.of(home))
                .serve(new ControlApi<>(Failing.class, (problem, permanent) -> {
                    throw new AgentException("no " + problem, permanent, all.get(problem));
                }))) {
            server.start();
            try (ControlConnection connection = ControlClient.connectTo(home)) {
                Failing failing = connection.api(Failing.class);
                for (int i = 0; i < all.size(); i++) {
                    int problem = i;
                    boolean permanent = i % 2 == 0;
                    AgentException told = catchThrowableOfType(AgentException.class,
                            () -> failing.fail(problem, permanent));
                    assertThat(told).as("%s", all.get(i)).isNotNull();
                    assertThat(told.getProblem()).isEqualTo(all.get(i));
                    assertThat(told.isPermanent()).isEqualTo(permanent);
                    assertThat(told).hasMessage("no " + i);
                }
            }
        }
    }

    /** Returns a value of each record of a sealed interface. */
    private static <T> List<T> samples(Class<T> sealed) throws ReflectiveOperationException {
        List<T> found = new ArrayList<>();
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            if (permitted.isSealed()) {
                found.addAll(samples(permitted.asSubclass(sealed)));
            } else {
                found.add(sealed.cast(record(permitted)));
            }
        }
        return found;
    }

    private static Object record(Class<?> type) throws ReflectiveOperationException {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(components[i].getGenericType());
        }
        Constructor<?> constructor = type.getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        constructor.setAccessible(true);
        return constructor.newInstance(values);
    }

    private static Object value(Type type) throws ReflectiveOperationException {
        if (type instanceof ParameterizedType list) {
            return List.of(value(list.getActualTypeArguments()[0]));
        }
        Class<?> raw = (Class<?>) type;
        if (raw == String.class) {
            return "größe\n\u001b \"x\"";
        } else if (raw == boolean.class) {
            return true;
        } else if (raw == int.class) {
            return 7;
        } else if (raw == long.class) {
            return 1L << 40;
        } else if (raw == Instant.class) {
            return Instant.EPOCH;
        } else if (raw.isEnum()) {
            return raw.getEnumConstants()[raw.getEnumConstants().length - 1];
        }
        return record(raw.isSealed() ? plain(raw) : raw);
    }

    /** Returns a record of a sealed interface that holds no other one of it. */
    private static Class<?> plain(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses())
                .filter(type -> type.isRecord() && Arrays.stream(type.getRecordComponents())
                        .noneMatch(component -> component.getType().isSealed()))
                .findFirst().orElseThrow();
    }
}
