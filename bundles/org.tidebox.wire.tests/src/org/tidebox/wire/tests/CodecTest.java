package org.tidebox.wire.tests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidebox.tree.Attributes;
import org.tidebox.tree.Change;
import org.tidebox.tree.ChangePage;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Commit;
import org.tidebox.tree.ExtendedAttributes;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeId;
import org.tidebox.tree.Recipe;
import org.tidebox.tree.RecipeEntry;
import org.tidebox.wire.Codec;
import org.tidebox.wire.LibraryEvent;
import org.tidebox.wire.Limits;
import org.tidebox.wire.Messages.ChunkIds;
import org.tidebox.wire.Messages.Join;
import org.tidebox.wire.Messages.NewLibrary;
import org.tidebox.wire.Messages.ServerInfo;
import org.tidebox.wire.Messages.Uploaded;
import org.tidebox.wire.Problem;
import org.tidebox.wire.ProblemType;
import org.tidebox.wire.Routes;
import org.tidebox.wire.WireException;

@Tag("C6")
class CodecTest {
    private static final List<String> MEDIA_TYPES = List.of(Routes.JSON, Routes.CBOR);

    static Stream<Object> messages() {
        return Samples.messages();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void whatIsWrittenIsRead(Object message) throws WireException {
        for (String mediaType : MEDIA_TYPES) {
            assertThat((Object) Codec.read(Codec.write(message, mediaType), message.getClass(), mediaType))
                    .as(mediaType).isEqualTo(message);
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void nothingThatIsCutShortIsRead(Object message) {
        for (String mediaType : MEDIA_TYPES) {
            byte[] whole = Codec.write(message, mediaType);
            for (int length = 0; length < whole.length; length++) {
                byte[] part = Arrays.copyOf(whole, length);
                assertThatThrownBy(() -> Codec.read(part, message.getClass(), mediaType))
                        .as("%s cut to %d", mediaType, length).isInstanceOf(WireException.class);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void damageIsRefusedOrReadButNeverBreaks(Object message) {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (String mediaType : MEDIA_TYPES) {
            byte[] whole = Codec.write(message, mediaType);
            for (int round = 0; round < 200; round++) {
                byte[] damaged = whole.clone();
                for (int i = random.nextInt(4); i >= 0; i--) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                }
                readOrRefuse(damaged, message.getClass(), mediaType, seed);
            }
        }
    }

    @Test
    void noiseIsRefusedOrReadButNeverBreaks() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            byte[] noise = new byte[random.nextInt(64)];
            random.nextBytes(noise);
            readOrRefuse(noise, ChangePage.class, MEDIA_TYPES.get(round % 2), seed);
        }
    }

    private static void readOrRefuse(byte[] bytes, Class<?> type, String mediaType, long seed) {
        try {
            Object message = Codec.read(bytes, type, mediaType);
            Codec.write(message, Routes.JSON);
            Codec.write(message, Routes.CBOR);
        } catch (WireException e) {
            assertThat(e.getMessage()).as("seed %d", seed).doesNotContain("jackson", "java.", "org.");
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed + ", " + mediaType + " " + Arrays.toString(bytes), e);
        }
    }

    @Test
    void idsAreHexDigitsInJsonAndBytesInCbor() {
        LibraryEvent event = new LibraryEvent(Samples.LIBRARY, 7);
        assertThat(Codec.write(event, Routes.JSON))
                .asString(UTF_8).isEqualTo("{\"library\":\"" + Samples.LIBRARY + "\",\"head\":7,\"wanted\":false}");
        assertThat(Codec.write(event, Routes.CBOR)).hasSize(1 + 8 + 17 + 5 + 1 + 7 + 1 + 1);
    }

    @Test
    void recipesAreReadableInJsonAndCompactInCbor() {
        assertThat(json(Samples.FILE)).contains(
                "\"recipe\":{\"chunker\":\"fastcdc\",\"depth\":1,\"size\":1099511627781,"
                        + "\"entries\":[{\"id\":\"");
        assertThat(Codec.write(Samples.FILE, Routes.CBOR)).hasSizeLessThan(Samples.FILE.recipe().encode().length + 160);
    }

    @Test
    void cborTakesReadableRecipesAndHexDigitsToo() throws WireException {
        byte[] readable = {(byte) 0xa1, 0x63, 'i', 'd', 's', (byte) 0x81, 0x78, 64};
        byte[] hex = "ab".repeat(32).getBytes(UTF_8);
        byte[] message = Arrays.copyOf(readable, readable.length + hex.length);
        System.arraycopy(hex, 0, message, readable.length, hex.length);
        assertThat(Codec.read(message, ChunkIds.class, Routes.CBOR).ids())
                .containsExactly(ChunkId.parse("ab".repeat(32)));
    }

    @Test
    void onlyComponentsTravelAndNullIsLeftOut() {
        assertThat(json(new Uploaded(1, null))).isEqualTo("{\"stored\":1}");
        assertThat(json(Samples.FOLDER)).doesNotContain("recipe", "target", "null");
    }

    @Test
    void extendedAttributesAreReadableInJsonCompactInCborAndNothingWhereThereAreNone() throws WireException {
        assertThat(json(Samples.FILE)).doesNotContain("extended");
        assertThat(json(Samples.TAGGED)).contains("\"extended\":[{\"name\":\"empty\",\"value\":\"\"},"
                + "{\"name\":\"größe\",\"value\":\"AP8K\"},{\"name\":\"xdg.tags\",\"value\":\"csOpZA==\"}]");
        int plain = Codec.write(
                Samples.TAGGED.withAttributes(Samples.TAGGED.attributes().withExtended(ExtendedAttributes.NONE)),
                Routes.CBOR).length;
        assertThat(Codec.write(Samples.TAGGED, Routes.CBOR)).hasSizeLessThan(
                plain + "extended".length() + Samples.TAGGED.attributes().extended().encode().length + 5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "\"\"", "7", "[null]", "[{}]", "[{\"name\":\"a\"}]",
            "[{\"name\":\"\",\"value\":\"\"}]", "[{\"name\":\"a\\u0000\",\"value\":\"\"}]",
            "[{\"name\":\"a\",\"value\":\"%\"}]", "[{\"name\":\"a\",\"value\":7}]",
            "[{\"name\":\"a\",\"value\":\"\"},{\"name\":\"a\",\"value\":\"\"}]"})
    void extendedAttributesAreWholeAndThereOnce(String extended) {
        String good = json(Samples.FOLDER);
        String bad = good.replace("\"mtime\":-5", "\"mtime\":-5,\"extended\":" + extended);
        assertThat(bad).isNotEqualTo(good);
        refusal(bad, Node.class);
    }

    @Test
    void tooManyExtendedAttributesAreRefusedAndLinksHaveNone() {
        String value = Base64.getEncoder().encodeToString(new byte[ExtendedAttributes.MAX_BYTES]);
        String bad = json(Samples.FOLDER).replace("\"mtime\":-5",
                "\"mtime\":-5,\"extended\":[{\"name\":\"a\",\"value\":\"" + value + "\"}]");
        assertThat(refusal(bad, Node.class)).message().contains("8192 bytes");
        String link = json(Samples.LINK).replace("\"mtime\":1700000000123456789",
                "\"mtime\":1,\"extended\":[{\"name\":\"a\",\"value\":\"\"}]");
        assertThat(refusal(link, Node.class)).message().contains("link");
    }

    @Test
    void aFullPageOfTheLargestFilesFitsIntoAMessage() {
        Map<String, byte[]> values = Map.of("v", new byte[ExtendedAttributes.MAX_BYTES - 4]);
        Node largest = Node.file(NodeId.ROOT, NodeId.ROOT, "x".repeat(255),
                new Attributes(0644, Long.MIN_VALUE, ExtendedAttributes.of(values)),
                new Recipe("x".repeat(32), 1, Collections.nCopies(Recipe.MAX_ENTRIES,
                        new RecipeEntry(Samples.chunkId(), 1L << 40))));
        ChangePage page = new ChangePage(Collections.nCopies(Limits.MAX_CHANGES, largest), 9, 9);
        assertThat(Codec.write(page, Routes.CBOR)).hasSizeLessThan(Limits.MAX_MESSAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "", "[]", "7", "{\"secret\":\"a\"}", "{\"secret\":null,\"device\":\"b\"}",
            "{\"secret\":\"a\",\"device\":\"b\",\"more\":1}", "{\"secret\":\"a\",\"device\":7}",
            "{\"secret\":\"a\",\"device\":true}", "{\"secret\":\"a\",\"device\":[\"b\"]}",
            "{\"secret\":\"a\",\"secret\":\"c\",\"device\":\"b\"}", "{\"secret\":\"a\",\"device\":\"b\"} x",
            "{\"secret\":\"a\",\"device\":\"b\"}{}", "{\"secret\":\"\\ud800\",\"device\":\"b\"}", "{secret:1}"})
    void whatIsNotExactlyTheMessageIsRefused(String json) {
        WireException refusal = refusal(json, Join.class);
        assertThat(refusal.getType()).isEqualTo(ProblemType.BAD_REQUEST);
        assertThat(refusal).message().startsWith("cannot read a Join: ").doesNotContain("jackson", "java.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"5\"", "5.0", "1e3", "9223372036854775808", "null", "true", "\"\""})
    void numbersAreWholeAndInRange(String number) {
        refusal("{\"library\":\"" + Samples.LIBRARY + "\",\"head\":" + number + "}", LibraryEvent.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"SYNCH\"", "0", "\"0\"", "\"\"", "null", "\"sync\""})
    void kindsGoByName(String kind) {
        refusal("{\"name\":\"a\",\"kind\":" + kind + "}", NewLibrary.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[null]", "[\"\"]", "[\"zz\"]", "[7]", "null", "7", "{}"})
    void idsAreWholeIds(String ids) {
        refusal("{\"ids\":" + ids + "}", ChunkIds.class);
    }

    @Test
    void aRefusalSaysWhere() {
        assertThat(refusal("{\"product\":\"x\",\"version\":\"1\",\"protocol\":[1,\"x\"]}", ServerInfo.class))
                .hasMessage("cannot read a ServerInfo: at protocol[1]: the value is missing or of another type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "a\\u0000", "e\\u0301", "/"})
    @Tag("C7")
    void badNamesAreRefusedAsSuch(String name) {
        String good = json(Samples.FOLDER);
        String bad = good.replace("\"name\":\"a\"", "\"name\":\"" + name + "\"");
        assertThat(bad).isNotEqualTo(good);
        assertThat(refusal(bad, Node.class).getType()).isEqualTo(ProblemType.BAD_NAME);
        String page = "{\"nodes\":[" + good + "," + bad + "],\"upTo\":1,\"head\":1}";
        assertThat(refusal(page, ChangePage.class).getType()).isEqualTo(ProblemType.BAD_NAME);
    }

    @Test
    void badNamesInCborAreRefusedToo() {
        Node bad = Node.folder(NodeId.ROOT, NodeId.ROOT, "x".repeat(256), new Attributes(0, 0));
        byte[] commit = Codec.write(new Commit(Samples.COMMIT.id(), List.of(new Change(0, bad))),
                Routes.CBOR);
        WireException refusal = catchThrowableOfType(WireException.class,
                () -> Codec.read(commit, Commit.class, Routes.CBOR));
        assertThat(refusal.getType()).isEqualTo(ProblemType.BAD_NAME);
        assertThat(refusal).message().contains("256 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\\u0000b"})
    void linksHaveATarget(String target) {
        String bad = json(Samples.LINK).replace("../x\\ny", target);
        assertThat(refusal(bad, Node.class)).message().contains("target");
    }

    @Test
    void aRecipeLargerThanAnyFileIsRefused() {
        String entry = "{\"id\":\"" + "00".repeat(32) + "\",\"length\":" + Long.MAX_VALUE + "}";
        String recipe = "{\"chunker\":\"x\",\"depth\":0,\"size\":1,\"entries\":[" + entry + "," + entry + "]}";
        assertThat(refusal(recipe, Recipe.class)).message().contains("at most");
        byte[] entries = new byte[80];
        Arrays.fill(entries, 32, 40, (byte) 0x7f);
        Arrays.fill(entries, 72, 80, (byte) 0x7f);
        byte[] cbor = new byte[85];
        System.arraycopy(new byte[]{0x58, 83, 1, 'x', 0}, 0, cbor, 0, 5);
        System.arraycopy(entries, 0, cbor, 5, 80);
        assertThatThrownBy(() -> Codec.read(cbor, Recipe.class, Routes.CBOR)).isInstanceOf(WireException.class)
                .hasMessageContaining("at most");
    }

    @Test
    void aRecipeWhoseSizeLiesIsRefused() {
        assertThat(refusal("{\"chunker\":\"x\",\"depth\":0,\"size\":1,\"entries\":[]}", Recipe.class))
                .message().contains("says size 1");
    }

    @Test
    void depthAndLengthsHaveLimits() {
        refusal("[".repeat(1000), ChangePage.class);
        refusal("{\"secret\":\"" + "x".repeat(70_000) + "\",\"device\":\"b\"}", Join.class);
        refusal("{\"" + "x".repeat(100) + "\":1}", Join.class);
    }

    @Test
    void aMessageHasALimit() throws Exception {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return ' ';
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                Arrays.fill(target, offset, offset + length, (byte) ' ');
                return length;
            }
        };
        WireException refusal = catchThrowableOfType(WireException.class,
                () -> Codec.read(endless, Join.class, Routes.JSON, Limits.MAX_MESSAGE));
        assertThat(refusal.getType()).isEqualTo(ProblemType.TOO_LARGE);
        assertThatThrownBy(() -> Codec.read(new byte[Limits.MAX_MESSAGE + 1], Join.class, Routes.JSON))
                .isInstanceOf(WireException.class);
        Join join = new Join("a", "b");
        assertThat(Codec.read(new ByteArrayInputStream(Codec.write(join, Routes.CBOR)), Join.class, Routes.CBOR,
                Limits.MAX_MESSAGE))
                .isEqualTo(join);
    }

    @Test
    void mediaTypesMayHaveParameters() throws WireException {
        byte[] problem = Codec.write(ProblemType.NOT_FOUND.because("x"), Routes.PROBLEM);
        assertThat(Codec.read(problem, Problem.class, "Application/Problem+JSON; charset=utf-8"))
                .isEqualTo(ProblemType.NOT_FOUND.because("x"));
        assertThat(Codec.supports("application/cbor;x=y")).isTrue();
        assertThat(Codec.supports("text/html")).isFalse();
        assertThat(Codec.supports(null)).isFalse();
        WireException refusal = catchThrowableOfType(WireException.class,
                () -> Codec.read(problem, Problem.class, "text/html"));
        assertThat(refusal.getType()).isEqualTo(ProblemType.UNSUPPORTED_TYPE);
        assertThatThrownBy(() -> Codec.write("x", "text/html")).isInstanceOf(IllegalArgumentException.class);
    }

    private static String json(Object message) {
        return new String(Codec.write(message, Routes.JSON), UTF_8);
    }

    private static WireException refusal(String json, Class<?> type) {
        WireException refusal = catchThrowableOfType(WireException.class,
                () -> Codec.read(json.getBytes(UTF_8), type, Routes.JSON));
        assertThat(refusal).as(json).isNotNull();
        return refusal;
    }
}
