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
		boolean signed = isSigned(message);
		int end = message.length - (signed ? FrameSignature.BYTES : 0);
		ByteBuffer buffer = ByteBuffer.wrap(message);
		while (buffer.hasRemaining()) {
			int length = length(buffer);
			if (length < 0) {
				sink.dropped(DropReason.MALFORMED);
				return;
			}
			int size = Math.min(length, end - buffer.position());
			if (size < Frame.HEADER) {
				sink.dropped(DropReason.MALFORMED);
				return;
			}
			parse(buffer.slice().limit(size), signed, sink);
			buffer.position(buffer.position() + length);
		}
	}

	/**
	 * Returns whether the last frame of a message says that the message is signed.
	 * @param message its bytes
	 */
	static boolean isSigned(byte[] message) {
		ByteBuffer buffer = ByteBuffer.wrap(message);
		boolean signed = false;
		while (buffer.hasRemaining()) {
			int length = length(buffer);
			if (length < 0) {
				return false;
			}
			signed = (buffer.get(buffer.position() + Frame.FLAGS) & Frame.SIGNED) != 0;
			buffer.position(buffer.position() + length);
		}
		return signed;
	}

	/** Returns how long the first frame is; -1 when there is none. */
	private static int length(ByteBuffer buffer) {
		if (buffer.remaining() < Frame.HEADER || buffer.get(buffer.position()) != Frame.MARK) {
			return -1;
		}
		int rest = buffer.getInt(buffer.position() + Frame.LENGTH);
		boolean fits = rest >= Frame.HEADER - Frame.PREFIX && rest <= buffer.remaining() - Frame.PREFIX;
		return fits ? Frame.PREFIX + rest : -1;
	}

	private static void parse(ByteBuffer bytes, boolean signed, Sink sink) {
		FrameType type = FrameType.of(bytes.get(2));
		if ((bytes.get(1) & 0xFF) > Frame.VERSION) {
			sink.dropped(DropReason.VERSION);
		}
		else if (type == null) {
			sink.dropped(DropReason.TYPE);
		}
		else {
			sink.frame(new Frame(type, bytes.getLong(Frame.PREFIX), bytes.getLong(Frame.PREFIX + 8), signed, bytes));
		}
	}

}
