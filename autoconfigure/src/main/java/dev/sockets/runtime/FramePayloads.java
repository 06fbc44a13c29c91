package dev.sockets.runtime;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

import dev.sockets.Payloads;
import dev.sockets.codec.Codec;

/**
 * What a codec knows of the payload of one frame.
 *
 * @param codec has decoded it
 * @param frame its bytes; not changed
 */
public record FramePayloads(Codec codec, byte[] frame) implements Payloads {

	@Override
	public @Nullable Object convert(Object payload, ResolvableType type) throws Exception {
		return decoded(payload, type);
	}

	@Override
	public @Nullable Object decoded(Object payload, ResolvableType type) throws Exception {
		return this.codec.convert(payload, this.frame, type);
	}

}
