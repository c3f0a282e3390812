package org.tidebox.wire.internal;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import org.tidebox.tree.ExtendedAttributes;
import org.tidebox.wire.Limits;

/** The two mappers, set to believe nothing that comes in. */
public final class Mappers {
    /** No honest message nests deeper: page, node, recipe, entry. */
    private static final int MAX_DEPTH = 16;
    /** The longest text is the target of a link: 32,767 characters on Windows. */
    private static final int MAX_TEXT = 64 << 10;
    private static final int MAX_FIELD_NAME = 64;
    private static final int MAX_DIGITS = 32;
    private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH)
            .maxStringLength(MAX_TEXT).maxNameLength(MAX_FIELD_NAME).maxNumberLength(MAX_DIGITS)
            .maxDocumentLength(Limits.MAX_MESSAGE).build();

    /** For JSON. */
    public static final ObjectMapper JSON = strict(JsonMapper.builder(JsonFactory.builder()
            .streamReadConstraints(CONSTRAINTS).enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build()));
    /** For CBOR. */
    public static final ObjectMapper CBOR = strict(CBORMapper.builder(CBORFactory.builder()
            .streamReadConstraints(CONSTRAINTS).enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build()));

    private Mappers() {
    }

    private static ObjectMapper strict(MapperBuilder<?, ?> builder) {
        // Only the components of a record travel; without this "isAccepted()" and the like would, too.
        return builder.visibility(PropertyAccessor.GETTER, Visibility.NONE)
                .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
                .visibility(PropertyAccessor.FIELD, Visibility.ANY)
                .defaultPropertyInclusion(JsonInclude.Value.construct(Include.NON_NULL, Include.ALWAYS))
                .withConfigOverride(ExtendedAttributes.class, type -> type.setInclude(
                        JsonInclude.Value.construct(Include.NON_EMPTY, Include.ALWAYS)))
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .annotationIntrospector(new RequiredComponents())
                .addModule(new WordsModule())
                .build();
    }
}
