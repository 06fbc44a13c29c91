package dev.sockets.codec;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;

import org.springframework.core.ResolvableType;

/**
 * Objects as Jackson reads and writes them, one a frame and on one line.
 */
final class JacksonCodec implements Codec {

	private final String name;

	private final ObjectMapper mapper;

	private final ObjectReader reader;

	private final ObjectWriter writer;

	JacksonCodec(String name, ObjectMapper mapper, ObjectReader reader, ObjectWriter writer) {
		this.name = name;
		this.mapper = mapper;
		this.reader = reader.with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
		this.writer = writer.without(SerializationFeature.INDENT_OUTPUT);
	}

	@Override
	public @Nullable Object decode(byte[] buffer, int offset, int length) {
		return this.reader.readValue(buffer, offset, length);
	}

	@Override
	public byte[] encode(@Nullable Object payload) {
		return this.writer.writeValueAsBytes((payload instanceof CharSequence text) ? text.toString() : payload);
	}

	@Override
	public Object convert(Object value, ResolvableType type) {
		return this.mapper.convertValue(value, this.mapper.constructType(type.getType()));
	}

	@Override
	public String toString() {
		return this.name + " (" + this.reader.getValueType().toCanonical() + ")";
	}

}
