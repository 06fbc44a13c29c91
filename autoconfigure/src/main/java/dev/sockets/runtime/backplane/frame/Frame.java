package dev.sockets.runtime.backplane.frame;

import java.nio.ByteBuffer;

/**
 * One frame as it came: a header, and a body that is read when somebody wants it.
 *
 * @param type what it is about
 * @param incarnation which start of which node it comes from
 * @param sequence its number among those of its sender on its channel
 * @param signed whether its message is signed
 * @param bytes all of it but a signature, in the message that it came in
 */
public record Frame(FrameType type, long incarnation, long sequence, boolean signed, ByteBuffer bytes) {

	/** Version of the frames that this node writes, and the latest that it reads. */
	public static final int VERSION = 1;

	static final byte MARK = 'S';

	/** Where the flags are. */
	static final int FLAGS = 3;

	/** Where the length is. */
	static final int LENGTH = 4;

	static final int SIGNED = 1;

	/** Bytes before what the length counts, which begins with the incarnation. */
	public static final int PREFIX = 8;

	/** Bytes before the body. */
	static final int HEADER = PREFIX + 16;

	/** Returns the body to read it from its beginning. */
	public BodyReader body() {
		return new BodyReader(this.bytes.array(), this.bytes.arrayOffset() + HEADER, this.bytes.remaining() - HEADER);
	}

}
