package dev.sockets.runtime.backplane.frame;

/**
 * The answer to a request of another node.
 *
 * @param request the request's id
 * @param code {@link #YES}, {@link #NO}, or the value of the error code
 */
public record Reply(long request, int code) {

	/** It is done. */
	public static final int YES = 0;

	/** There was nothing to do. */
	public static final int NO = 1;

	/**
	 * Reads what {@link #write} has written.
	 * @param in the body
	 * @return the answer
	 * @throws MalformedFrameException when it is none
	 */
	public static Reply read(BodyReader in) {
		return new Reply(in.readLong(), in.readInt());
	}

	/** Returns the body. */
	public byte[] write() {
		return new BodyWriter(12).putLong(this.request).putInt(this.code).toByteArray();
	}

}
