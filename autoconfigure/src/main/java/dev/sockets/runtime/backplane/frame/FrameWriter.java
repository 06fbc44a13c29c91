package dev.sockets.runtime.backplane.frame;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * Puts frames of one sender together to messages of one channel each. A message is signed
 * as a whole: its last frame carries the signature of all of it. Not for several threads.
 */
public final class FrameWriter {

	private final long incarnation;

	private final @Nullable FrameSignature signature;

	/** Where the last frame begins. */
	private int last;

	/**
	 * Creates a writer.
	 * @param incarnation which start of this node it is
	 * @param signature signs the messages; {@code null} to leave them unsigned
	 */
	public FrameWriter(long incarnation, @Nullable FrameSignature signature) {
		this.incarnation = incarnation;
		this.signature = signature;
	}

	/** Returns how many bytes a frame takes at most whose body has that many. */
	public static int size(int bodySize) {
		return Frame.HEADER + bodySize + FrameSignature.BYTES;
	}

	/**
	 * Appends a frame.
	 * @param message where to
	 * @param type what it is about
	 * @param sequence its number
	 * @param body what it says
	 * @param tail what follows that without a copy; may be empty
	 */
	public void append(BodyWriter message, FrameType type, long sequence, byte[] body, ByteBuffer tail) {
		this.last = message.size();
		message.putByte(Frame.MARK).putByte(Frame.VERSION).putByte(type.code()).putByte(0).putInt(0);
		message.putLong(this.incarnation).putLong(sequence).putBytes(body, 0, body.length).putBytes(tail);
		message.setInt(this.last + Frame.LENGTH, message.size() - this.last - Frame.PREFIX);
	}

	/**
	 * Ends a message of one frame or more.
	 * @param message the message
	 * @param channel the channel that it is for
	 */
	public void end(BodyWriter message, String channel) {
		if (this.signature != null) {
			message.setByte(this.last + Frame.FLAGS, Frame.SIGNED);
			message.setInt(this.last + Frame.LENGTH, message.size() - this.last - Frame.PREFIX + FrameSignature.BYTES);
			byte[] mac = this.signature.of(channel, message.array(), message.size());
			message.putBytes(mac, 0, FrameSignature.BYTES);
		}
	}

}
