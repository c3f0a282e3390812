package org.tidebox.cli.internal.text;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidebox.tree.VisibleText;

/**
 * The one place of the command line that prints. Names, and what a server says, come from others: what is hidden in
 * them is {@linkplain VisibleText written out}, so that it neither moves the cursor nor makes up lines of its own.
 */
public final class Printer {
    private static final Pattern INK = Pattern.compile("\u001b\\[[0-9]*m");
    private static final String CLEAR_LINE = "\r\u001b[2K";
    private static final String LINE_UP = "\u001b[1A";

    private final PrintStream stream;

    /** Prints on a stream. */
    public Printer(PrintStream stream) {
        this.stream = stream;
    }

    /** Returns one that prints nothing. */
    public static Printer silent() {
        return new Printer(new PrintStream(OutputStream.nullOutputStream()));
    }

    /** Prints a line. */
    public void line(String text) {
        stream.println(VisibleText.of(text));
    }

    /** Prints a line that holds colours of {@link Ink}. */
    public void painted(String text) {
        StringBuilder line = new StringBuilder();
        Matcher ink = INK.matcher(text);
        int done = 0;
        while (ink.find()) {
            line.append(VisibleText.of(text.substring(done, ink.start()))).append(ink.group());
            done = ink.end();
        }
        stream.println(line.append(VisibleText.of(text.substring(done))));
    }

    /** Writes bytes as they are: a content that somebody asked for. */
    public void bytes(byte[] content) {
        stream.write(content, 0, content.length);
        stream.flush();
    }

    /** Prints a value as one JSON document. */
    public void document(Object value) {
        stream.println(JsonDocument.of(value));
    }

    /** Prints a value as one JSON document on one line. */
    public void documentLine(Object value) {
        stream.println(JsonDocument.line(value));
    }

    /** On a terminal: writes a text over what stands in the present line. */
    public void over(String text) {
        stream.print(CLEAR_LINE + VisibleText.of(text));
        stream.flush();
    }

    /** On a terminal: takes back the last lines. */
    public void takeBack(int lines) {
        stream.print((LINE_UP + CLEAR_LINE).repeat(lines));
        stream.flush();
    }

    /** Returns a writer for the help, which is text of our own and may be coloured. */
    public PrintWriter help() {
        return new PrintWriter(stream, true);
    }
}
