package dev.sockets.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.StreamCorruptedException;

import org.jspecify.annotations.Nullable;

/**
 * Objects as Java serializes them, one a frame. What is received is made of allowed
 * classes only; what is sent may be anything that is {@code Serializable}.
 */
final class ObjectCodec implements Codec {

	private final AllowedClasses allowed;

	private final @Nullable ClassLoader loader;

	ObjectCodec(AllowedClasses allowed, @Nullable ClassLoader loader) {
		this.allowed = allowed;
		this.loader = loader;
	}

	@Override
	public @Nullable Object decode(byte[] buffer, int offset, int length) throws IOException, ClassNotFoundException {
		ByteArrayInputStream bytes = new ByteArrayInputStream(buffer, offset, length);
		try (ObjectInput input = new ObjectInput(bytes, length, this.allowed, this.loader)) {
			Object payload = input.readAllowed();
			if (bytes.available() > 0 || input.read() >= 0) {
				throw new StreamCorruptedException("There are bytes after the object");
			}
			return payload;
		}
	}

	@Override
	public byte[] encode(@Nullable Object payload) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
			output.writeObject(payload);
		}
		return bytes.toByteArray();
	}

	@Override
	public String toString() {
		return "object " + this.allowed;
	}

}
