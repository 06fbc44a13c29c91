package dev.sockets.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.cbor.CBORMapper;

import org.springframework.core.ResolvableType;

/**
 * Objects as Jackson reads and writes them, one a frame and on one line.
 */
final class JacksonCodec implements Codec {

	private final String name;

	private final ObjectMapper mapper;

	private final boolean infers;

	/** Set before the first message when it is inferred. */
	private ObjectReader reader;

	/** Whether payloads are converted, one to a decimal number: set before messages. */
	private boolean isConverted;

	private boolean hasNumbers;

	/** Whether that would lose something, as they are decoded without a class. */
	private boolean keepsBytes;

	private boolean keepsNumbers;

	private final ObjectWriter writer;

	private final boolean tagged;

	private JacksonCodec(String name, ObjectMapper mapper, @Nullable JavaType payloadType, boolean tagged) {
		this.name = name;
		this.mapper = mapper;
		this.infers = payloadType == null;
		this.reader = reader(mapper, (payloadType != null) ? payloadType : mapper.constructType(Object.class));
		this.writer = mapper.writer().without(SerializationFeature.INDENT_OUTPUT);
		this.tagged = tagged;
	}

	/*
	 * These take the mappers by their own types: a caller that passed them as
	 * ObjectMapper could not even be loaded without Jackson, as the verifier asks it.
	 */
	static JacksonCodec json(JsonMapper mapper, @Nullable JavaType payloadType) {
		return new JacksonCodec("json", mapper, payloadType, false);
	}

	static JacksonCodec cbor(CBORMapper mapper, @Nullable JavaType payloadType) {
		return new JacksonCodec("cbor", mapper, payloadType, true);
	}

	private static ObjectReader reader(ObjectMapper mapper, JavaType payloadType) {
		return mapper.readerFor(payloadType).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
	}

	@Override
	public @Nullable Object decode(byte[] buffer, int offset, int length) {
		if (this.tagged) {
			CborTags.check(buffer, offset, length);
		}
		Object value = this.reader.readValue(buffer, offset, length);
		if (this.keepsNumbers && value instanceof Double number) {
			return exact(number, buffer, offset, length);
		}
		return (this.keepsBytes && value != null) ? KeptBytes.with(value, buffer, offset, length) : value;
	}

	/** Returns the number itself when it has all digits. */
	private Number exact(Double number, byte[] buffer, int offset, int length) {
		try {
			BigDecimal exact = this.mapper.readerFor(BigDecimal.class).readValue(buffer, offset, length);
			return exact.equals(BigDecimal.valueOf(number)) ? number : exact;
		}
		catch (JacksonException ex) {
			return number;
		}
	}

	/** Stops where a container begins: what tells of a request stands before. */
	@Override
	public List<@Nullable Object> decodeHead(byte[] buffer, int offset, int length) {
		if (this.tagged) {
			CborTags.check(buffer, offset, length);
		}
		ObjectReader element = this.mapper.readerFor(Object.class)
			.without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
		List<@Nullable Object> head = new ArrayList<>();
		try (JsonParser parser = this.mapper.createParser(buffer, offset, length)) {
			if (parser.nextToken() == JsonToken.START_ARRAY) {
				for (JsonToken token = parser.nextToken(); token != null
						&& token.isScalarValue(); token = parser.nextToken()) {
					head.add(element.readValue(parser));
				}
			}
		}
		catch (JacksonException ex) {
			return head;
		}
		return head;
	}

	@Override
	public byte[] encode(@Nullable Object payload) {
		return this.writer.writeValueAsBytes((payload instanceof CharSequence text) ? text.toString() : payload);
	}

	@Override
	public boolean expect(ResolvableType type) {
		if (this.infers) {
			this.reader = reader(this.mapper, javaType(type));
			keep();
		}
		return this.infers;
	}

	/**
	 * CBOR has other numbers for those that have more digits than a {@code double}, so
	 * nothing is lost of them.
	 */
	@Override
	public void expectConversion(ResolvableType type) {
		if (!this.tagged) {
			this.isConverted = true;
			this.hasNumbers |= type.resolve() == BigDecimal.class || type.resolve() == BigInteger.class;
			keep();
		}
	}

	private void keep() {
		JavaType type = this.reader.getValueType();
		boolean classless = type.isJavaLangObject()
				|| (type.isContainerType() && type.getContentType().isJavaLangObject());
		this.keepsBytes = this.isConverted && classless;
		this.keepsNumbers = this.hasNumbers && classless;
	}

	@Override
	public @Nullable Object convertKept(Object value, ResolvableType type) {
		return (value instanceof KeptBytes kept) ? reader(this.mapper, javaType(type)).readValue(kept.bytes()) : null;
	}

	/**
	 * Only what was decoded without a class, or is to have none: an object of one could
	 * be made one of any other, with what both have by the same name.
	 */
	@Override
	public @Nullable Object convert(Object value, ResolvableType type) {
		Object exact = convertKept(value, type);
		if (exact != null) {
			return exact;
		}
		return (isClassless(value) || type.resolve() == Map.class) ? this.mapper.convertValue(value, javaType(type))
				: null;
	}

	@Override
	public @Nullable Object convert(Object value, byte[] frame, ResolvableType type) {
		return isClassless(value) ? reader(this.mapper, javaType(type)).readValue(frame) : convert(value, type);
	}

	private static boolean isClassless(Object value) {
		return value instanceof Map || value instanceof Collection || value instanceof CharSequence
				|| value instanceof Number || value instanceof Boolean || value instanceof byte[];
	}

	/** Not of the type as it is written, which may be a variable of a class around it. */
	private JavaType javaType(ResolvableType type) {
		if (type.isArray()) {
			return this.mapper.getTypeFactory().constructArrayType(javaType(type.getComponentType()));
		}
		Class<?> rawType = type.resolve(Object.class);
		if (!type.hasGenerics() || type.hasUnresolvableGenerics()) {
			return this.mapper.constructType(rawType);
		}
		return this.mapper.getTypeFactory()
			.constructParametricType(rawType,
					Stream.of(type.getGenerics()).map(this::javaType).toArray(JavaType[]::new));
	}

	@Override
	public String toString() {
		return this.name + " (" + this.reader.getValueType().toCanonical() + ")";
	}

}
