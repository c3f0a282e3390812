package org.tidebox.agent.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("P5")
class AgentArgumentsTest {
    @Test
    void readsArgumentsInAnyOrder() {
        assertThat(AgentArguments.parse(List.of("agent", "--home", "/h", "--transient")))
                .contains(new AgentArguments("/h", true));
        assertThat(AgentArguments.parse(List.of("--home=/h", "agent"))).contains(new AgentArguments("/h", false));
        assertThat(AgentArguments.parse(List.of("agent"))).contains(new AgentArguments(null, false));
    }

    @Test
    void processOfAnotherKindIsLeftAlone() {
        assertThat(AgentArguments.parse(List.of())).isEmpty();
        assertThat(AgentArguments.parse(List.of("server", "run", "--data", "/d"))).isEmpty();
    }

    @Test
    void strangeWordIsNamed() {
        assertThatThrownBy(() -> AgentArguments.parse(List.of("agent", "--hoem", "/h"))).hasMessageContaining("'/h'");
    }
}
