package dev.sockets.framing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

import org.jspecify.annotations.Nullable;

import org.springframework.core.serializer.DefaultDeserializer;
import org.springframework.core.serializer.Deserializer;
import org.springframework.core.serializer.Serializer;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;
import org.springframework.util.ObjectUtils;

/**
 * Runs a serializer and deserializer made for blocking streams. The deserializer starts
 * over with each read until the frame is complete.
 */
final class SerializerFraming implements Framing {

	private static final int OVERHEAD = 1024;

	private final Serializer<Object> serializer;

	private final Deserializer<?> deserializer;

	@SuppressWarnings("unchecked")
	SerializerFraming(Serializer<?> serializer, Deserializer<?> deserializer) {
		Assert.isTrue(!(deserializer instanceof DefaultDeserializer),
				"DefaultDeserializer would create objects of any class a peer names: "
						+ "use framing length4 with codec object and allowed-classes");
		this.serializer = (Serializer<Object>) serializer;
		this.deserializer = deserializer;
	}

	@Override
	public boolean next(FrameWindow window) {
		if (window.scanned() == window.end()) {
			return false;
		}
		WindowInputStream stream = new WindowInputStream(window.array(), window.start(), window.end());
		Object result = deserialize(stream, window);
		if (stream.isExhausted()) {
			if (window.end() - window.start() > (long) window.maxFrameSize() + OVERHEAD) {
				throw FrameFault.tooLarge(this, "more than " + OVERHEAD + " bytes over the maximum without a frame",
						window);
			}
			window.scanned(window.end());
			return false;
		}
		if (!(result instanceof byte[] payload)) {
			throw FrameFault.malformed(this, "a frame that its deserializer returned as "
					+ ObjectUtils.nullSafeClassName(result) + ": it must return byte[]", window);
		}
		if (stream.position() == window.start()) {
			throw FrameFault.malformed(this, "a frame of which its deserializer read no byte", window);
		}
		if (payload.length > window.maxFrameSize()) {
			throw FrameFault.tooLarge(this, "a frame of " + payload.length + " bytes", window);
		}
		window.frame(payload, stream.position());
		return true;
	}

	private @Nullable Object deserialize(WindowInputStream stream, FrameWindow window) {
		try {
			return this.deserializer.deserialize(stream);
		}
		catch (WindowInputStream.Exhausted ex) {
			return null;
		}
		catch (IOException | RuntimeException ex) {
			// A deserializer that catches everything reports our signal as its failure
			if (stream.isExhausted()) {
				return null;
			}
			throw FrameFault.malformed(this, "bytes that its deserializer refused: " + ex, window, ex);
		}
	}

	@Override
	public void encode(byte[] payload, FrameOutput output) {
		ByteArrayOutputStream frame = new ByteArrayOutputStream(payload.length + OVERHEAD);
		try {
			this.serializer.serialize(payload, frame);
		}
		catch (IOException | RuntimeException ex) {
			throw FrameFault.payloadRefused(this, "a payload that its serializer refused: " + ex, payload, ex);
		}
		output.write(frame.toByteArray());
	}

	@Override
	public String toString() {
		return ClassUtils.getShortName(this.deserializer.getClass());
	}

}
