package org.tidebox.fuzz.tests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.tidebox.server.http.ApiPaths;
import org.tidebox.server.tests.HttpServer;
import org.tidebox.tree.LibraryId;
import org.tidebox.wire.Codec;
import org.tidebox.wire.Problem;
import org.tidebox.wire.Routes;
import org.tidebox.wire.WireException;

/**
 * A request to a whole server, over TLS and HTTP/1.1. The input chooses method, path, query, headers and body, mostly
 * from those that mean something; or it is the request itself. Whatever comes, the answer is a good one or a problem
 * that blames the request.
 */
final class HttpTarget implements Target {
    private static final List<String> METHODS = List.of("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE",
            "PATCH", "CONNECT", "get", "PRI", "X-\u00e9");
    private static final List<String> NAMES = List.of("since", "limit", "seen", "node", "asOf", "after", "before",
            "time", "%73ince", "since[]", "");
    private static final List<String> VALUES = List.of("0", "1", "-1", "9223372036854775807", "9223372036854775808",
            "-9223372036854775808", "1e3", "%ff", "%", "%zz", "%00", "%c0%af", "", "2026-01-31T12:00:00Z",
            "-999999999-01-01T00:00:00Z", "%2B1000000000-12-31T23:59:59.999999999Z", "00".repeat(24), "ff".repeat(24),
            "7f" + "ff".repeat(23), "00".repeat(16), "ff".repeat(16), "2147483648", "+5", "0x10", "\u0661");
    private static final List<String> HEADERS = List.of("Content-Type: application/json",
            "Content-Type: application/cbor", "Content-Type: application/vnd.tidebox.frames",
            "Content-Type: application/json; charset=utf-7", "Content-Type: application/json; charset=\"",
            "Content-Type: application/json;charset=%ff", "Content-Type: application/x-www-form-urlencoded",
            "Content-Type: multipart/form-data; boundary=x", "Content-Type: multipart/form-data", "Content-Type: ;",
            "Content-Type:", "Content-Type: text/plain; charset=utf-16", "Accept: application/cbor",
            "Accept: application/cbor-seq", "Accept: ,;q=zz", "Accept-Encoding: zstd", "Accept-Encoding: zstd;q=x,,",
            "Content-Encoding: zstd", "Content-Encoding: gzip", "Transfer-Encoding: chunked",
            "Transfer-Encoding: gzip, chunked", "Transfer-Encoding: nonsense", "Content-Length: 5",
            "Content-Length: -1", "Content-Length: 99999999999999999999", "Content-Length: x", "Expect: 100-continue",
            "Expect: nonsense", "Range: bytes=0-1", "Cookie: a=\"", "Cookie: \u0001", "Authorization: Bearer",
            "Authorization: Basic YTpi", "Authorization: Bearer \u00ff", "Host: a:b:c", "Host:", "Upgrade: h2c",
            "Connection: Upgrade, HTTP2-Settings", "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA", "If-Match: *",
            "X-HTTP-Method-Override: DELETE", "Accept-Language: \u00e9", "Date: yesterday", ": empty", "no colon",
            " folded", "Forwarded: for=\"[", "X-Forwarded-For: ,", "Proxy-Connection: close", "TE: trailers");
    /** What may leave open where a request ends. */
    private static final Pattern ODD_LENGTH = Pattern.compile("(?i)length: .*length: |encoding: |expect|upgrade|"
            + "^(CONNECT|PRI) |\\A[^\\r]*(?!Content-Length)\\r\\n\\r\\n", Pattern.DOTALL);
    private static final int SERVED = 200_000;

    private final Path folder = TemporaryFolder.create();
    private final HttpServer server;
    private final RawHttp connection;
    private String token;
    private LibraryId library;
    private int requests;

    HttpTarget() {
        try {
            server = new HttpServer(folder);
            connection = new RawHttp(server.base(), server.trust());
            token = server.join("ada");
            library = server.library(token);
        } catch (Exception e) {
            throw new IllegalStateException("a server cannot be started", e);
        }
    }

    /** The server has threads of its own, which are not counted. */
    @Override
    public long allocation(int length) {
        return Long.MAX_VALUE;
    }

    @Override
    public void accept(byte[] input) throws Exception {
        Draw draw = new Draw(input);
        boolean whole = draw.next() % 8 < 7;
        byte[] request = whole ? request(draw) : draw.rest();
        RawHttp.Answer answer = connection.exchange(request, whole && !ODD_LENGTH.matcher(
                new String(request, StandardCharsets.ISO_8859_1)).find());
        if (answer != null) {
            check(answer);
        }
        if (answer != null && answer.status() == 401 || ++requests % SERVED == 0) {
            token = server.login("ada");
        }
    }

    private byte[] request(Draw draw) {
        StringBuilder head = new StringBuilder(draw.oneOf(METHODS)).append(' ');
        String path = draw.oneOf(ApiPaths.API);
        head.append(path.replace("*", draw.next() % 4 == 3 ? latin(draw.some()) : library.toString()));
        head.append(draw.next() % 8 == 7 ? latin(draw.some()) : "");
        for (int i = draw.next() % 4; i > 0; i--) {
            head.append(head.indexOf("?") < 0 ? "?" : "&").append(draw.oneOf(NAMES)).append('=')
                    .append(draw.next() % 4 == 3 ? latin(draw.some()) : draw.oneOf(VALUES));
        }
        head.append(" HTTP/1.1\r\n");
        int flags = draw.next();
        if ((flags & 1) == 0) {
            head.append("Host: localhost\r\n");
        }
        if ((flags & 2) == 0) {
            head.append("Authorization: Bearer ").append(token).append("\r\n");
        }
        for (int i = draw.next() % 4; i > 0; i--) {
            head.append(draw.next() % 8 == 7 ? latin(draw.some()) : draw.oneOf(HEADERS)).append("\r\n");
        }
        byte[] body = draw.rest();
        if ((flags & 4) == 0) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        return Samples.joined(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1), body);
    }

    /** Everything but what ends a line. */
    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("[\r\n]", " ");
    }

    private static void check(RawHttp.Answer answer) throws WireException {
        String shown = answer.status() + " " + answer.type() + ": "
                + new String(answer.body(), StandardCharsets.UTF_8);
        if (answer.status() < 200 || answer.status() >= 500) {
            throw new AssertionError("the answer is " + shown);
        }
        if (answer.status() >= 400 && !answer.isHead()) {
            if (!Routes.PROBLEM.equals(answer.type())) {
                throw new AssertionError("no problem: " + shown);
            }
            Problem problem = Codec.read(answer.body(), Problem.class, Routes.PROBLEM);
            if (problem.status() != answer.status() || problem.detail().isBlank() || shown.contains("\tat ")) {
                throw new AssertionError("a bad problem: " + shown);
            }
        }
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (int path = 0; path < ApiPaths.API.size(); path++) {
            for (int method = 0; method < 2; method++) {
                seeds.add(new byte[]{0, (byte) method, (byte) path, 0, 0, 1, (byte) path, 0, 1, 0, 1, 0, 0});
                seeds.add(Samples.joined(new byte[]{0, (byte) method, (byte) path, 0, 0, 0, 0, 1, 0, 0},
                        Samples.json(Samples.messages().get(path % Samples.messages().size()))));
            }
        }
        int upload = ApiPaths.API.indexOf(ApiPaths.UPLOAD);
        for (byte[] frames : new FramesTarget().seeds()) {
            seeds.add(Samples.joined(new byte[]{0, 1, (byte) upload, 0, 0, 0, 0, 1, 0, 2},
                    Arrays.copyOfRange(frames, 1, frames.length)));
        }
        seeds.add(Samples.joined(new byte[]{7}, Samples.utf8("GET /api/v1/info HTTP/1.1\r\nHost: x\r\n\r\n")));
        return seeds;
    }

    @Override
    public void close() throws IOException {
        connection.close();
        server.close();
        TemporaryFolder.delete(folder);
    }
}
