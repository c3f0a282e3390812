package org.tidebox.wire.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.HexFormat;
import java.util.function.Function;

/** An id: hex digits in JSON, a byte string in CBOR; CBOR takes hex digits, too. */
record IdBinding<T>(Class<T> type, Function<byte[], T> fromBytes, Function<String, T> fromHex,
        Function<T, byte[]> toBytes) {

    static <T> IdBinding<T> of(Class<T> type, Function<byte[], T> fromBytes, Function<String, T> fromHex,
            Function<T, byte[]> toBytes) {
        return new IdBinding<>(type, fromBytes, fromHex, toBytes);
    }

    void addTo(SimpleModule module) {
        module.addSerializer(type, new Writer<>(this));
        module.addDeserializer(type, new Reader<>(this));
    }

    /** Returns whether the format has byte strings of its own: CBOR has, JSON has not. */
    static boolean hasByteStrings(JsonGenerator out) {
        return out.canWriteBinaryNatively();
    }

    private static final class Writer<T> extends StdSerializer<T> {
        private static final long serialVersionUID = 1L;
        private final transient IdBinding<T> binding;

        Writer(IdBinding<T> binding) {
            super(binding.type);
            this.binding = binding;
        }

        @Override
        public void serialize(T id, JsonGenerator out, SerializerProvider provider) throws IOException {
            byte[] bytes = binding.toBytes.apply(id);
            if (hasByteStrings(out)) {
                out.writeBinary(bytes);
            } else {
                out.writeString(HexFormat.of().formatHex(bytes));
            }
        }
    }

    private static final class Reader<T> extends StdDeserializer<T> {
        private static final long serialVersionUID = 1L;
        private final transient IdBinding<T> binding;

        Reader(IdBinding<T> binding) {
            super(binding.type);
            this.binding = binding;
        }

        @Override
        public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            if (in.currentToken() == JsonToken.VALUE_EMBEDDED_OBJECT) {
                return binding.fromBytes.apply(in.getBinaryValue());
            }
            return binding.fromHex.apply(TextBinding.text(in));
        }
    }
}
