package org.tidebox.server.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;
import org.tidebox.storage.StorageException;
import org.tidebox.wire.Codec;
import org.tidebox.wire.ProblemException;

/** An answer with one list that may be long, written element by element. */
public final class ListAnswer {
    private final ApiExchange exchange;
    private final String field;
    private AnswerStream out;
    private Codec.ListWriter writer;

    private ListAnswer(ApiExchange exchange, String field) {
        this.exchange = exchange;
        this.field = field;
    }

    /** Gives the elements, one at a time. */
    @ConsumerType
    @FunctionalInterface
    public interface Source {
        /** Gives all of them. */
        void write(ListAnswer list) throws IOException, ProblemException, StorageException;
    }

    /**
     * Answers with a record that has one field, a list. The answer begins with its first element, so that a problem before
     * it can still be the whole answer.
     *
     */
    public static void send(ApiExchange exchange, String field, Source source)
            throws IOException, ProblemException, StorageException {
        ListAnswer list = new ListAnswer(exchange, field);
        boolean done = false;
        try {
            source.write(list);
            list.writer().close();
            done = true;
        } finally {
            if (!done && list.out != null) {
                list.out.giveUp();
            }
        }
    }

    /** Adds the next element. */
    public void add(Object element) throws IOException {
        writer().add(element);
    }

    private Codec.ListWriter writer() throws IOException {
        if (writer == null) {
            out = exchange.begin(HttpServletResponse.SC_OK, exchange.accepted());
            writer = Codec.list(field, exchange.accepted(), out);
        }
        return writer;
    }
}
