package org.tidebox.wire.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tidebox.tree.ExtendedAttributes;

/**
 * Extended attributes: their canonical bytes in CBOR, a list that people can read in JSON. CBOR takes the list, too.
 * Where there are none, the field is left out, so that it costs nothing and older readers take the message.
 */
final class ExtendedBinding {
    private ExtendedBinding() {
    }

    /** An attribute as people read it; its value is in Base64. */
    record Readable(String name, byte[] value) {
        static List<Readable> of(ExtendedAttributes attributes) {
            return attributes.names().stream().map(name -> new Readable(name, attributes.value(name))).toList();
        }

        static ExtendedAttributes toAttributes(List<Readable> list) {
            Map<String, byte[]> values = new HashMap<>();
            for (Readable each : list) {
                if (values.put(each.name, each.value) != null) {
                    throw new IllegalArgumentException("an extended attribute is there twice");
                }
            }
            return ExtendedAttributes.of(values);
        }
    }

    static final class Writer extends StdSerializer<ExtendedAttributes> {
        private static final long serialVersionUID = 1L;

        Writer() {
            super(ExtendedAttributes.class);
        }

        @Override
        public boolean isEmpty(SerializerProvider provider, ExtendedAttributes attributes) {
            return attributes.isEmpty();
        }

        @Override
        public void serialize(ExtendedAttributes attributes, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            if (IdBinding.hasByteStrings(out)) {
                out.writeBinary(attributes.encode());
            } else {
                provider.defaultSerializeValue(new ArrayList<>(Readable.of(attributes)), out);
            }
        }
    }

    static final class Reader extends StdDeserializer<ExtendedAttributes> {
        private static final long serialVersionUID = 1L;

        Reader() {
            super(ExtendedAttributes.class);
        }

        @Override
        public ExtendedAttributes deserialize(JsonParser in, DeserializationContext context) throws IOException {
            if (in.currentToken() != JsonToken.VALUE_EMBEDDED_OBJECT) {
                return Readable.toAttributes(context.readValue(in,
                        context.getTypeFactory().constructCollectionType(List.class, Readable.class)));
            }
            return ExtendedAttributes.decode(in.getBinaryValue());
        }
    }
}
