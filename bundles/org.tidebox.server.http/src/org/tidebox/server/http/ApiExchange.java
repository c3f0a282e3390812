package org.tidebox.server.http;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.jetty.http.QuotedQualityCSV;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.server.http.front.Peers;
import org.tidebox.server.http.front.Visit;
import org.tidebox.server.limits.Budget;
import org.tidebox.server.limits.Budget.Payer;
import org.tidebox.server.session.Session;
import org.tidebox.server.session.Sessions;
import org.tidebox.storage.StorageException;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Mark;
import org.tidebox.wire.Codec;
import org.tidebox.wire.Compression;
import org.tidebox.wire.Footprint;
import org.tidebox.wire.ProblemException;
import org.tidebox.wire.ProblemType;
import org.tidebox.wire.Routes;
import org.tidebox.wire.WireException;

/** One request and its answer, in the words of the protocol. */
public final class ApiExchange {
    private static final Logger LOG = LoggerFactory.getLogger(ApiExchange.class);
    /** Where the library stands among the segments of a path. */
    private static final int LIBRARY_SEGMENT = 4;
    private static final String BEARER = "bearer ";
    private static final List<String> READING = List.of("GET", "HEAD");
    private static final long MOST_DRAINED = 64 << 20;

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private Payer payer;
    private Budget.Claim claim;

    ApiExchange(HttpServletRequest request, HttpServletResponse response) {
        this.request = request;
        this.response = response;
    }

    /** Returns the request itself. */
    public HttpServletRequest request() {
        return request;
    }

    /** Returns the answer itself. */
    public HttpServletResponse response() {
        return response;
    }

    /** Returns where to write an answer that is made for this request alone: what is not yet read of it counts. */
    public OutputStream output() throws IOException {
        return visit().counted(response.getOutputStream());
    }

    private Visit visit() {
        return (Visit) request.getAttribute(Visit.ATTRIBUTE);
    }

    /** Returns the address that the request came from. */
    public String address() {
        return request.getRemoteAddr();
    }

    /**
     * Finds out which device asks, by the token in the header {@code Authorization}; the request counts for its account.
     *
     * @throws ProblemException if there is none or it is worth nothing, or the account has too much under way
     */
    public Session device(Sessions sessions) throws ProblemException, StorageException {
        Session session = session(sessions);
        if (session.device() == null) {
            throw new ProblemException(ProblemType.NOT_LOGGED_IN,
                    "Only a device can ask for this; log in or join first");
        }
        return session;
    }

    /**
     * Finds out who asks: a device by the token in the header {@code Authorization}, or a person without a device by that
     * or by a cookie. The request counts for the account.
     *
     * @throws ProblemException if there is no token or it is worth nothing, a cookie comes without {@link
     *         Routes#SESSION_HEADER}, or the account has too much under way
     */
    public Session session(Sessions sessions) throws ProblemException, StorageException {
        String header = request.getHeader("Authorization");
        boolean bearer = header != null && header.toLowerCase(Locale.ROOT).startsWith(BEARER);
        Session session = sessions.check(bearer ? header.substring(BEARER.length()).strip() : cookie(), address());
        visit().belongsTo(session.account().id());
        payer = Payer.of(session);
        return session;
    }

    /** Browsers send cookies with whatever any page makes them ask; what changes something has to be meant. */
    private String cookie() throws ProblemException {
        Cookie[] cookies = request.getCookies();
        String token = cookies == null
                ? null
                : Stream.of(cookies).filter(cookie -> cookie.getName().equals(Routes.SESSION_COOKIE))
                        .map(Cookie::getValue).findFirst().orElse(null);
        if (token != null && !READING.contains(request.getMethod())
                && request.getHeader(Routes.SESSION_HEADER) == null) {
            throw new ProblemException(ProblemType.NOT_LOGGED_IN, "A request with a cookie needs the header "
                    + Routes.SESSION_HEADER);
        }
        return token;
    }

    /** Gives the browser a token to show, or takes it back if there is none. */
    public void setCookie(String token) {
        response.addHeader("Set-Cookie", Routes.SESSION_COOKIE + "=" + (token == null ? "; Max-Age=0" : token)
                + "; Path=/; Secure; HttpOnly; SameSite=Strict");
    }

    /**
     * Returns the names behind the first segments of the path, with slashes between them; each is decoded for itself.
     *
     * @param segments how many belong to the route
     * @throws ProblemException if one of them cannot be a name, such as {@code ..}
     */
    public String pathBehind(int segments) throws ProblemException {
        String[] raw = request.getRequestURI().split("/", -1);
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < raw.length; i++) {
            String name = PathSegment.decode(raw[i]);
            if (i > segments) {
                path.append(i == segments + 1 ? "" : "/").append(name);
            }
        }
        return path.toString();
    }

    /** Returns the library in the path; what is no id is a library that is not there. */
    public LibraryId library() throws ProblemException {
        String[] segments = request.getPathInfo().split("/");
        try {
            return LibraryId.parse(segments[LIBRARY_SEGMENT]);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemType.NOT_FOUND, "There is no library " + segments[LIBRARY_SEGMENT]
                    + " in this account");
        }
    }

    /**
     * Returns what the query says under a name. All that an endpoint reads out of a query goes through here, so that
     * whatever cannot be understood is the sender's fault.
     *
     * @param expected what the text has to be, for the sender: {@code a number}
     * @param parser throws any exception at a text that is something else
     * @return {@code null} if the name is not there
     */
    public <T> T parameter(String name, String expected, Function<String, T> parser) throws ProblemException {
        String text;
        try {
            text = request.getParameter(name);
        } catch (RuntimeException e) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "The query cannot be read: it is not well-formed");
        }
        try {
            return text == null ? null : parser.apply(text);
        } catch (RuntimeException e) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "'" + name + "' must be " + expected);
        }
    }

    /** Does the same for what has to be there. */
    public <T> T required(String name, String expected, Function<String, T> parser) throws ProblemException {
        T value = parameter(name, expected, parser);
        if (value == null) {
            throw new ProblemException(ProblemType.BAD_REQUEST, "'" + name + "' must be " + expected);
        }
        return value;
    }

    /** Returns a number from the query. */
    public long number(String name, long otherwise) throws ProblemException {
        Long number = parameter(name, "a number", Long::parseLong);
        return number == null ? otherwise : number;
    }

    /** Returns a mark from the query, or {@code null} if there is none. */
    public Mark mark(String name) throws ProblemException {
        return parameter(name, "a mark of " + Mark.LENGTH + " bytes in hex digits", Mark::parse);
    }

    /**
     * Takes room for what is read and answered, on the account of whoever has shown a token, or else of the address. It is
     * given back when the exchange is over.
     *
     * @throws ProblemException if there is none for a long time
     */
    public void claim(Budget budget, long bytes) throws ProblemException {
        claimOf(budget).add(bytes);
    }

    private Budget.Claim claimOf(Budget budget) throws ProblemException {
        if (claim == null) {
            claim = budget.claim(payer == null ? Payer.ofAddress(address()) : payer, 0);
        }
        return claim;
    }

    /** Gives back what was taken. */
    void release() {
        if (claim != null) {
            claim.close();
        }
    }

    /**
     * Reads the body as a record.
     *
     * @param budget where room for it is taken
     * @param most the most bytes that it may have
     */
    public <T> T read(Budget budget, Class<T> type, int most) throws IOException, ProblemException {
        String mediaType = contentType();
        if (!Codec.supports(mediaType)) {
            throw unsupported(mediaType, Routes.JSON + " or " + Routes.CBOR);
        }
        long length = request.getContentLengthLong();
        if (length > most) {
            throw new ProblemException(ProblemType.TOO_LARGE, "This request holds at most " + most + " bytes");
        }
        claimOf(budget).addForBody(Footprint.ofMessage(length < 0 ? most : length));
        try {
            return Codec.read(request.getInputStream(), type, mediaType, most);
        } catch (WireException e) {
            throw new ProblemException(e.getType(), e.getMessage());
        }
    }

    /** Returns the body as it is, if it has the media type. */
    public InputStream body(String mediaType) throws IOException, ProblemException {
        String found = contentType();
        if (found == null || !found.split(";", 2)[0].strip().equalsIgnoreCase(mediaType)) {
            throw unsupported(found, mediaType);
        }
        return request.getInputStream();
    }

    /** Answers with a record: as CBOR if the request accepts that, else as JSON. */
    public void write(int status, Object message) throws IOException {
        write(status, accepted(), message);
    }

    /** Returns the media type of a record that is the answer. */
    String accepted() {
        String accept = request.getHeader("Accept");
        return accept != null && accept.contains(Routes.CBOR) ? Routes.CBOR : Routes.JSON;
    }

    /** Answers with bytes that all answers of the kind share. */
    public void writeShared(String mediaType, byte[] body) throws IOException {
        response.setContentType(mediaType);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /**
     * Answers with a problem. Reads what is left of the request before, within limits: over HTTP/2 an answer that comes
     * earlier ends in a reset of the stream, and common clients, that of the JDK among them, then drop the answer.
     */
    void write(ProblemException problem) throws IOException {
        drain();
        response.resetBuffer();
        if (problem.getType().status() == HttpServletResponse.SC_UNAUTHORIZED) {
            response.setHeader("WWW-Authenticate", "Bearer");
        }
        boolean isUntold = problem.getRetryAfter().isZero() && problem.getType() == ProblemType.UNAVAILABLE;
        Duration wait = isUntold ? Peers.SOON : problem.getRetryAfter();
        if (wait.isPositive()) {
            // Whole seconds, and never too early.
            response.setHeader("Retry-After", Long.toString(wait.plusMillis(999).toSeconds()));
        }
        write(problem.getType().status(), Routes.PROBLEM, problem.toProblem());
    }

    /** As it was sent: the servlet's own view of it looks up the charset, which need not exist and does not matter. */
    private String contentType() {
        return request.getHeader("Content-Type");
    }

    private void drain() {
        try {
            InputStream rest = request.getInputStream();
            byte[] buffer = new byte[8 << 10];
            long drained = 0;
            int count = rest.read(buffer);
            while (count >= 0 && drained < MOST_DRAINED) {
                drained += count;
                count = rest.read(buffer);
            }
        } catch (IOException e) {
            LOG.debug("The rest of a request did not come: {}", e.getMessage());
        }
    }

    private void write(int status, String mediaType, Object message) throws IOException {
        try (OutputStream out = begin(status, mediaType)) {
            Codec.write(message, mediaType, out);
        }
    }

    /** Begins an answer; the caller writes and closes it. */
    AnswerStream begin(int status, String mediaType) throws IOException {
        response.setStatus(status);
        response.setContentType(mediaType);
        return new AnswerStream(response, output(), takesCompressed());
    }

    private boolean takesCompressed() {
        QuotedQualityCSV codings = new QuotedQualityCSV();
        codings.addValue(request.getHeader("Accept-Encoding"));
        return codings.getValues().contains(Compression.CODING);
    }

    private static ProblemException unsupported(String found, String expected) {
        return new ProblemException(ProblemType.UNSUPPORTED_TYPE,
                "Expected the content type " + expected + ", got " + (found == null ? "none" : found));
    }
}
