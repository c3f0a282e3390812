package org.tidebox.fuzz.tests;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;
import org.tidebox.tree.BadNameException;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.Mark;
import org.tidebox.tree.NodeName;
import org.tidebox.tree.NodePath;
import org.tidebox.wire.CertificateFingerprint;
import org.tidebox.wire.JoinCode;
import org.tidebox.wire.WireException;

/** Short texts that people and other computers give: names, paths, ids and join codes. The first byte chooses. */
final class NamesTarget implements Target {
    private static final String PREFIX = "tidebox-join-";

    @Override
    public void accept(byte[] input) throws Exception {
        Draw draw = new Draw(input);
        switch (draw.next() % 5) {
            case 0 -> name(draw.text());
            case 1 -> ids(draw.text());
            case 2 -> joinCode(draw.text());
            case 3 -> joinCode(withChecksum(draw.rest()));
            default -> fingerprint(draw.text());
        }
    }

    private static void name(String text) {
        try {
            NodePath path = NodePath.parse(text);
            for (String name : path.names()) {
                if (!NodeName.check(name).equals(NodeName.normalize(name))) {
                    throw new AssertionError("a name that is not normal was taken");
                }
            }
            if (!path.equals(NodePath.parse(path.value())) || !path.startsWith(path.parent())) {
                throw new AssertionError("a path changes when it is read again");
            }
        } catch (BadNameException e) {
            return;
        }
    }

    private static void ids(String text) {
        try {
            Mark.parse(text);
        } catch (IllegalArgumentException e) {
            // Most are none; perhaps it is the id of a library.
        }
        try {
            LibraryId.parse(text);
        } catch (IllegalArgumentException e) {
            return;
        }
    }

    private static void joinCode(String text) {
        try {
            JoinCode code = JoinCode.parse(text);
            if (!JoinCode.parse(code.text()).equals(code)) {
                throw new AssertionError("a join code changes when it is written");
            }
        } catch (WireException e) {
            return;
        }
    }

    /** What a fuzzer cannot guess is given to it. */
    private static String withChecksum(byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        byte[] code = ByteBuffer.allocate(content.length + Integer.BYTES).put(content).putInt((int) crc.getValue())
                .array();
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(code);
    }

    private static void fingerprint(String text) {
        try {
            CertificateFingerprint.parse(text);
        } catch (IllegalArgumentException e) {
            return;
        }
    }

    @Override
    public List<byte[]> seeds() {
        JoinCode code = new JoinCode("https://box.example:8443", "0f".repeat(32),
                JoinCode.newSecret(new SecureRandom()));
        byte[] bytes = Base64.getUrlDecoder().decode(code.text().substring(PREFIX.length()));
        byte[] content = Arrays.copyOf(bytes, bytes.length - Integer.BYTES);
        return List.of(Samples.prefixed(0, Samples.utf8("docs/größe.txt")), Samples.prefixed(0, Samples.utf8("../x")),
                Samples.prefixed(1, Samples.utf8(Mark.START.toString())),
                Samples.prefixed(1, Samples.utf8(Samples.LIBRARY.toString())),
                Samples.prefixed(2, Samples.utf8(code.text())), Samples.prefixed(3, content),
                Samples.prefixed(4, Samples.utf8("0F:".repeat(31) + "0F")));
    }
}
