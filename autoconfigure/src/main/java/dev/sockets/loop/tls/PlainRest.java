package dev.sockets.loop.tls;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * What was decrypted of one record and has found no room where it was to go. Belongs to
 * the reading thread.
 */
final class PlainRest {

	private final HeldBytes held;

	private @Nullable ByteBuffer bytes;

	PlainRest(HeldBytes held) {
		this.held = held;
	}

	boolean isPresent() {
		return this.bytes != null;
	}

	/**
	 * Keeps a copy of bytes, if there are any.
	 * @param plain holds them
	 */
	void keep(ByteBuffer plain) {
		if (plain.hasRemaining()) {
			this.bytes = ByteBuffer.allocate(plain.remaining()).put(plain).flip();
			this.held.add(this.bytes.capacity());
		}
	}

	/**
	 * Gives out as much as there is room for.
	 * @param bytes where to put it
	 * @return how many bytes it were
	 */
	int take(ByteBuffer bytes) {
		ByteBuffer plain = this.bytes;
		if (plain == null) {
			return 0;
		}
		int count = Math.min(bytes.remaining(), plain.remaining());
		bytes.put(bytes.position(), plain, plain.position(), count);
		bytes.position(bytes.position() + count);
		plain.position(plain.position() + count);
		if (!plain.hasRemaining()) {
			this.held.add(-plain.capacity());
			this.bytes = null;
		}
		return count;
	}

}
