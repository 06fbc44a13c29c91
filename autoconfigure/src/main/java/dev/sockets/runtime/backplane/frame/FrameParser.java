package dev.sockets.runtime.backplane.frame;

import java.nio.ByteBuffer;

/**
 * Takes the messages of an engine apart. Whatever the bytes are, nothing is thrown.
 */
public final class FrameParser {

	/** Who gets the frames of a message, in order. */
	public interface Sink {

		/**
		 * There is a frame of a version and type that this node knows.
		 * @param frame the frame
		 */
		void frame(Frame frame);

		/**
		 * There is something else.
		 * @param reason why it is skipped
		 */
		void dropped(DropReason reason);

	}

	private FrameParser() {
	}

	/**
	 * Takes a message apart.
	 * @param message its bytes, not changed afterwards
	 * @param sink gets the frames
	 */
	public static void parse(byte[] message, Sink sink) {
		ByteBuffer buffer = ByteBuffer.wrap(message);
		while (buffer.hasRemaining()) {
			int length = length(buffer);
			if (length < 0) {
				sink.dropped(DropReason.MALFORMED);
				return;
			}
			parse(buffer.slice().limit(length), sink);
			buffer.position(buffer.position() + length);
		}
	}

	/** Returns how long the first frame is; -1 when there is none. */
	private static int length(ByteBuffer buffer) {
		if (buffer.remaining() < Frame.HEADER || buffer.get(buffer.position()) != Frame.MARK) {
			return -1;
		}
		int rest = buffer.getInt(buffer.position() + 4);
		boolean fits = rest >= Frame.HEADER - Frame.PREFIX && rest <= buffer.remaining() - Frame.PREFIX;
		return fits ? Frame.PREFIX + rest : -1;
	}

	private static void parse(ByteBuffer bytes, Sink sink) {
		boolean signed = (bytes.get(3) & Frame.SIGNED) != 0;
		FrameType type = FrameType.of(bytes.get(2));
		if ((bytes.get(1) & 0xFF) > Frame.VERSION) {
			sink.dropped(DropReason.VERSION);
		}
		else if (type == null) {
			sink.dropped(DropReason.TYPE);
		}
		else if (signed && bytes.remaining() < Frame.HEADER + FrameSignature.BYTES) {
			sink.dropped(DropReason.MALFORMED);
		}
		else {
			sink.frame(new Frame(type, bytes.getLong(Frame.PREFIX), bytes.getLong(Frame.PREFIX + 8), signed, bytes));
		}
	}

}
