package dev.sockets.runtime.backplane.frame;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * Puts frames of one sender together to messages of one channel each. Not for several
 * threads.
 */
public final class FrameWriter {

	private final long incarnation;

	private final @Nullable FrameSignature signature;

	/**
	 * Creates a writer.
	 * @param incarnation which start of this node it is
	 * @param signature signs the frames; {@code null} to leave them unsigned
	 */
	public FrameWriter(long incarnation, @Nullable FrameSignature signature) {
		this.incarnation = incarnation;
		this.signature = signature;
	}

	/** Returns how many bytes a frame takes whose body has that many. */
	public static int size(int bodySize) {
		return Frame.HEADER + bodySize + FrameSignature.BYTES;
	}

	/**
	 * Appends a frame.
	 * @param message where to
	 * @param channel the channel that it is for
	 * @param type what it is about
	 * @param sequence its number
	 * @param body what it says
	 * @param tail what follows that without a copy; may be empty
	 */
	public void append(BodyWriter message, String channel, FrameType type, long sequence, byte[] body,
			ByteBuffer tail) {
		int start = message.size();
		message.putByte(Frame.MARK).putByte(Frame.VERSION).putByte(type.code());
		message.putByte((this.signature != null) ? Frame.SIGNED : 0).putInt(0);
		message.putLong(this.incarnation).putLong(sequence).putBytes(body, 0, body.length).putBytes(tail);
		int signed = (this.signature != null) ? FrameSignature.BYTES : 0;
		message.setInt(start + 4, message.size() - start - Frame.PREFIX + signed);
		if (this.signature != null) {
			byte[] mac = this.signature.of(channel, message.array(), start, message.size() - start);
			message.putBytes(mac, 0, FrameSignature.BYTES);
		}
	}

}
