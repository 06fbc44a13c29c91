package dev.sockets.runtime;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

import dev.sockets.Payloads;
import dev.sockets.codec.Codec;

/**
 * What a codec knows of payloads.
 *
 * @param codec the endpoint's
 */
public record CodecPayloads(Codec codec) implements Payloads {

	@Override
	public boolean expect(ResolvableType type) {
		return this.codec.expect(type);
	}

	@Override
	public void expectConversion(ResolvableType type) {
		this.codec.expectConversion(type);
	}

	@Override
	public @Nullable Object decoded(Object payload, ResolvableType type) throws Exception {
		return this.codec.convertKept(payload, type);
	}

	@Override
	public @Nullable Object convert(Object payload, ResolvableType type) throws Exception {
		return this.codec.convert(payload, type);
	}

	@Override
	public @Nullable Class<?> encodedType(Object payload) {
		return this.codec.encodedType(payload);
	}

}
