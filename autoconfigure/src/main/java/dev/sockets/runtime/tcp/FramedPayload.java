package dev.sockets.runtime.tcp;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

import dev.sockets.framing.FrameWindow;
import dev.sockets.tcp.ConnectionSettings;

/**
 * The payload of a message that another node has framed: decoded when somebody wants to
 * know it, once. Used by one thread.
 */
public final class FramedPayload {

	private final ConnectionSettings settings;

	private final ByteBuffer frame;

	private @Nullable Object payload;

	/**
	 * Creates an instance.
	 * @param settings how it was encoded
	 * @param frame its bytes
	 */
	public FramedPayload(ConnectionSettings settings, ByteBuffer frame) {
		this.settings = settings;
		this.frame = frame;
	}

	/** Returns the payload; the bytes themselves when they are none. */
	Object get() {
		Object known = this.payload;
		if (known == null) {
			known = decode();
			this.payload = known;
		}
		return known;
	}

	private Object decode() {
		byte[] bytes = new byte[this.frame.remaining()];
		this.frame.duplicate().get(bytes);
		try {
			FrameWindow window = new FrameWindow();
			window.reset(bytes, 0, bytes.length, 0, Integer.MAX_VALUE);
			if (this.settings.framing().next(window)) {
				Object decoded = FrameDecoder.decode(this.settings, window);
				return (decoded instanceof MessageFault) ? bytes : decoded;
			}
		}
		catch (Throwable ex) {
			// Then the bytes have to do.
		}
		return bytes;
	}

}
