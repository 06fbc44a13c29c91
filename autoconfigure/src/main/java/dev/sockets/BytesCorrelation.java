package dev.sockets;

import java.nio.ByteBuffer;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Keys that stand at a fixed place of each frame.
 *
 * @param offset how many bytes stand before the key
 * @param size how many bytes the key has
 */
record BytesCorrelation(int offset, int size) implements Correlation {

	BytesCorrelation {
		if (offset < 0 || size < 1) {
			throw new IllegalArgumentException("A key cannot have " + size + " bytes behind " + offset + " others");
		}
	}

	@Override
	public boolean readsFrames() {
		return true;
	}

	@Override
	public @Nullable Object keyOfRequest(Object payload) {
		return key((byte[]) payload);
	}

	@Override
	public @Nullable Object keyOfAnswer(Object payload) {
		return key((byte[]) payload);
	}

	private @Nullable ByteBuffer key(byte[] frame) {
		return (frame.length - this.offset >= this.size)
				? ByteBuffer.wrap(Arrays.copyOfRange(frame, this.offset, this.offset + this.size)) : null;
	}

}
