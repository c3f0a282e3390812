package org.tidebox.server.tests.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.server.http.ApiEndpoint;
import org.tidebox.server.http.ApiPaths;
import org.tidebox.server.http.endpoint.OpenApiEndpoint;
import org.tidebox.server.tests.HttpServer;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.Commit;
import org.tidebox.tree.CommitResult;
import org.tidebox.tree.Conflict;
import org.tidebox.tree.Library;
import org.tidebox.tree.Node;
import org.tidebox.tree.PastPage;
import org.tidebox.wire.LibraryEvent;
import org.tidebox.wire.Messages;
import org.tidebox.wire.Problem;

/** The document says what the code does. */
@Tag("P3")
class OpenApiTest {
    private static JsonNode document;

    @BeforeAll
    static void read() throws Exception {
        try (InputStream in = OpenApiEndpoint.class.getResourceAsStream("openapi.json")) {
            document = new ObjectMapper().readTree(in);
        }
    }

    @Test
    void describesExactlyThePathsThatAreServed() {
        List<String> described = new ArrayList<>();
        document.get("paths").fieldNames()
                .forEachRemaining(path -> described.add(path.replace("{library}", "*").replace("{path}", "**")));

        assertThat(described).containsExactlyInAnyOrderElementsOf(ApiPaths.API);
    }

    /** A servlet that does not answer a method does not override it. */
    @Test
    void describesExactlyTheMethodsThatAreAnswered() {
        HttpServer.endpoints(null).forEach((path, servlet) -> {
            if (!path.equals(ApiPaths.HOME) && servlet instanceof ApiEndpoint) {
                List<String> answered = Stream.of(servlet.getClass().getDeclaredMethods()).map(Method::getName)
                        .filter(List.of("get", "post", "put", "delete")::contains).distinct().toList();
                assertThat(document
                        .at("/paths/" + path.replace("/**", "/{path}").replace("*", "{library}").replace("/", "~1"))
                        .fieldNames())
                        .toIterable().as(path).containsExactlyInAnyOrderElementsOf(answered);
            }
        });
    }

    @Test
    void namesTheMarkWhereItIsTakenAndGiven() {
        assertThat(document.at("/paths/~1api~1v1~1libraries~1{library}~1changes/get/parameters").findValuesAsText(
                "name")).contains("seen");
        for (String place : List.of("Commit/properties/seen", "ChangePage/properties/mark",
                "CommitResult/properties/mark")) {
            assertThat(document.at("/components/schemas/" + place).findValuesAsText("$ref")).as(place)
                    .contains("#/components/schemas/Mark");
        }
    }

    @Test
    void describesAllFieldsOfTheRecords() {
        List<Class<?>> records = new ArrayList<>(
                List.of(Node.class, Library.class, ChangePage.class, PastPage.class, Commit.class, CommitResult.class,
                        CommitResult.Outcome.class, Conflict.class, LibraryEvent.class, Problem.class));
        records.addAll(Arrays.asList(Messages.class.getDeclaredClasses()));
        for (Class<?> type : records) {
            List<String> described = new ArrayList<>();
            document.at("/components/schemas/" + type.getSimpleName() + "/properties").fieldNames()
                    .forEachRemaining(described::add);
            assertThat(described).as(type.getSimpleName()).containsExactlyElementsOf(
                    Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList());
        }
    }

    @Test
    void namesNothingThatItDoesNotDescribe() {
        for (JsonNode reference : document.findValues("$ref")) {
            assertThat(document.at(reference.asText().substring(1)).isMissingNode()).as(reference.asText()).isFalse();
        }
    }
}
