package org.tidebox.wire;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads server-sent events. Comments and events of other kinds are passed over. */
final class TextEventReader implements EventReader {
    private static final int MAX_LINE = 64 << 10;
    private final InputStream in;
    private String event = "";
    private String data = "";

    TextEventReader(InputStream source) {
        in = new BufferedInputStream(source);
    }

    @Override
    public LibraryEvent next() throws IOException, WireException {
        for (String line = readLine(); line != null; line = readLine()) {
            if (!line.isEmpty()) {
                readField(line);
                continue;
            }
            boolean head = event.equals(EventCodec.HEAD);
            String json = data;
            event = "";
            data = "";
            if (head && !json.isEmpty()) {
                return Codec.read(json.getBytes(StandardCharsets.UTF_8), LibraryEvent.class, Routes.JSON);
            }
        }
        return null;
    }

    private void readField(String line) throws WireException {
        int colon = line.indexOf(':');
        String name = colon < 0 ? line : line.substring(0, colon);
        String value = colon < 0 ? "" : line.substring(colon + (line.startsWith(" ", colon + 1) ? 2 : 1));
        if (name.equals("event")) {
            event = value;
        } else if (name.equals("data")) {
            data = data.isEmpty() ? value : data + "\n" + value;
            if (data.length() > MAX_LINE) {
                throw tooLong();
            }
        }
    }

    private String readLine() throws IOException, WireException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return null;
            }
            if (line.size() >= MAX_LINE) {
                throw tooLong();
            }
            line.write(c);
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private static WireException tooLong() {
        return new WireException("an event has at most " + MAX_LINE + " bytes");
    }
}
