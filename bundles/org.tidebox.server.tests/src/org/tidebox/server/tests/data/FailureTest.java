package org.tidebox.server.tests.data;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.tidebox.server.http.ApiEndpoint;
import org.tidebox.server.http.ApiExchange;
import org.tidebox.server.tests.HttpServer;
import org.tidebox.wire.Problem;
import org.tidebox.wire.ProblemType;
import org.tidebox.wire.Routes;

/** What the server says of its own failures, to the sender and to the operator. */
@Tag("P3")
class FailureTest {
    @TempDir
    Path folder;

    @Test
    void failureIsOneLineInTheLogWhichTheAnswerNames() throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(ApiEndpoint.class);
        log.start();
        logger.addAppender(log);
        try (HttpServer server = new HttpServer(folder)) {
            server.router.add(Routes.INFO, 10, new Broken());
            Problem problem = HttpServer.problem(server.get(Routes.INFO, null));

            assertThat(ProblemType.of(problem)).isEqualTo(ProblemType.INTERNAL);
            assertThat(problem.detail()).doesNotContain("secret", "Exception");
            assertThat(log.list).singleElement().satisfies(event -> {
                assertThat(event.getLevel()).isEqualTo(Level.ERROR);
                assertThat(event.getThrowableProxy()).isNull();
                assertThat(event.getFormattedMessage()).contains("IllegalStateException: secret", "FailureTest",
                        "caused by java.lang.ArithmeticException: inner").doesNotContain("\n");
                assertThat(problem.detail())
                        .contains(event.getFormattedMessage().replaceAll("Failure (\\w+):.*", "$1"));
            });
        } finally {
            logger.detachAppender(log);
        }
    }

    private static final class Broken extends ApiEndpoint {
        private static final long serialVersionUID = 1L;

        @Override
        protected void get(ApiExchange exchange) {
            throw new IllegalStateException("secret", new ArithmeticException("inner"));
        }
    }
}
