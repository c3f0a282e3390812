package org.tidebox.server.tests.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.server.tests.OnHttp;
import org.tidebox.tree.Mark;
import org.tidebox.tree.NodeId;
import org.tidebox.wire.Limits;
import org.tidebox.wire.Messages.FoldersAsOf;
import org.tidebox.wire.Messages.NodeIds;
import org.tidebox.wire.ProblemType;
import org.tidebox.wire.Routes;

/** Questions for the past that no device of ours asks: each is refused with a problem that says why. */
@Tag("P3")
@Tag("D6")
class HttpRefusalTest extends OnHttp {
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void questionsWithoutAGoodTokenAreRefusedBeforeTheyAreRead() throws Exception {
        for (String bad : new String[]{null, "", "tb1_nonsense"}) {
            assertProblem(ProblemType.NOT_LOGGED_IN, server.get(Routes.wanted(library), bad));
            assertProblem(ProblemType.NOT_LOGGED_IN,
                    server.get(Routes.changes(library) + "?since=0&seen=" + Mark.START, bad));
            for (String path : List.of(Routes.tree(library), Routes.nodes(library))) {
                assertProblem(ProblemType.NOT_LOGGED_IN, server.post(path, bad, Routes.JSON, ascii("{")));
                assertProblem(ProblemType.NOT_LOGGED_IN, server.post(path, bad, "text/plain", ascii("{")));
            }
        }
    }

    @Test
    void otherMethodsAreRefused() throws Exception {
        assertProblem(ProblemType.METHOD_NOT_ALLOWED, server.get(Routes.nodes(library), token));
        assertProblem(ProblemType.METHOD_NOT_ALLOWED,
                server.post(Routes.wanted(library), token, Routes.JSON, ascii("{}")));
        for (String path : List.of(Routes.nodes(library), Routes.tree(library), Routes.wanted(library))) {
            assertProblem(ProblemType.METHOD_NOT_ALLOWED, server.send(server.request(path, token).DELETE()));
            assertProblem(ProblemType.METHOD_NOT_ALLOWED,
                    server.send(server.request(path, token).PUT(BodyPublishers.noBody())));
        }
    }

    @Test
    void malformedBodiesAreRefused() throws Exception {
        for (String path : List.of(Routes.nodes(library), Routes.tree(library))) {
            for (String body : List.of("", "{", "[]", "null", "{}", "{\"ids\":7}", "{\"ids\":null}",
                    "{\"ids\":[null]}", "{\"ids\":[\"zz\"]}", "\0\1\2", "[".repeat(100_000))) {
                for (String type : List.of(Routes.JSON, Routes.CBOR)) {
                    assertProblem(ProblemType.BAD_REQUEST, server.post(path, token, type, ascii(body)));
                }
            }
            assertProblem(ProblemType.UNSUPPORTED_TYPE, server.post(path, token, "text/plain", ascii("{}")));
        }
    }

    @Test
    void numbersThatAreNoneOrTooLargeOrNegativeAreRefused() throws Exception {
        for (String asked : List.of(folders("-1", "0", "1"), folders("0", "-1", "1"), folders("0", "0", "0"),
                folders("0", "0", "-1"), folders("0", "0", "2147483648"), folders("9223372036854775808", "0", "1"),
                folders("0", "1e400", "1"), folders("\"x\"", "0", "1"), folders("0", "null", "1"))) {
            assertProblem(ProblemType.BAD_REQUEST, server.post(Routes.tree(library), token, Routes.JSON, ascii(asked)));
        }
        for (String seen : List.of("", "12", "zz".repeat(Mark.LENGTH), "00".repeat(Mark.LENGTH + 1),
                "ff".repeat(Mark.LENGTH))) {
            assertProblem(ProblemType.BAD_REQUEST, server.get(Routes.changes(library) + "?seen=" + seen, token));
        }
        String last = "7f" + "ff".repeat(Mark.LENGTH - 1);
        assertProblem(ProblemType.SET_BACK, server.get(Routes.changes(library) + "?seen=" + last, token));
    }

    private static String folders(String asOf, String after, String limit) {
        return "{\"asOf\":%s,\"folders\":[],\"after\":%s,\"limit\":%s}".formatted(asOf, after, limit);
    }

    @Test
    void queriesThatCannotBeReadAreRefused() throws Exception {
        for (String query : List.of("changes?since=%ff", "changes?limit=%c0%af", "changes?seen=%ff", "tree?asOf=%ff",
                "deleted?before=%ff", "history?node=%ff", "history?node=", "history", "moment?time=%ff", "moment",
                "moment?time=", "moment?time=2026-01-31", "moment?time=-999999999-01-01T00:00:00Z",
                "moment?time=%2B999999999-12-31T23:59:59Z")) {
            assertProblem(ProblemType.BAD_REQUEST, server.get(Routes.LIBRARIES + "/" + library + "/" + query, token));
        }
    }

    @Test
    void charsetThatDoesNotExistDoesNotMatter() throws Exception {
        byte[] login = ascii("{\"account\":\"nobody\",\"password\":\"wrong\",\"device\":\"laptop\"}");
        for (String charset : List.of("utf-7", "%ff", "\"", "nonsense; charset=utf-7")) {
            assertProblem(ProblemType.WRONG_CREDENTIALS,
                    server.post(Routes.LOGIN, null, "application/json; charset=" + charset, login));
        }
    }

    @Test
    void moreThanARequestMayHoldIsRefused() throws Exception {
        List<NodeId> many = Stream.generate(server.core::newId).limit(Limits.MAX_IDS + 1L).toList();
        byte[] huge = new byte[Limits.MAX_MESSAGE + 1];
        Arrays.fill(huge, (byte) ' ');

        assertProblem(ProblemType.TOO_LARGE, server.post(Routes.nodes(library), token, new NodeIds(many)));
        assertProblem(ProblemType.TOO_LARGE,
                server.post(Routes.tree(library), token, new FoldersAsOf(1, many, 0, 1)));
        for (String path : List.of(Routes.nodes(library), Routes.tree(library))) {
            assertProblem(ProblemType.TOO_LARGE, server.post(path, token, Routes.JSON, huge));
        }
    }

    /** Arrays and byte strings in CBOR say first how much comes; nothing is set aside for what only is announced. */
    @Test
    void countsThatLieAreRefused() throws Exception {
        for (String lie : List.of("9a7fffffff", "9affffffff", "9b7fffffffffffffff", "9bffffffffffffffff", "82", "9f",
                "815a7fffffff", "815b7fffffffffffffff", "815bffffffffffffffff", "8150", "81ff")) {
            assertProblem(ProblemType.BAD_REQUEST,
                    server.post(Routes.nodes(library), token, Routes.CBOR, cbor("a1", "ids", lie)));
            assertProblem(ProblemType.BAD_REQUEST,
                    server.post(Routes.tree(library), token, Routes.CBOR, cbor("a4", "folders", lie)));
        }
    }

    /** A map that begins with one field and then ends too early. */
    private static byte[] cbor(String map, String field, String value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(HEX.parseHex(map));
        out.write(0x60 + field.length());
        out.writeBytes(ascii(field));
        out.writeBytes(HEX.parseHex(value));
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
