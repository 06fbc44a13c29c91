package dev.sockets.loop.tls;

/**
 * By when the handshake of one connection has to be over. Begun by the reading thread;
 * looked at by any.
 */
final class HandshakeDeadline {

	private final long nanos;

	/** The time, as {@code EventLoop.nanos()}; 0 before it has begun. */
	private volatile long time;

	HandshakeDeadline(long nanos) {
		this.nanos = nanos;
	}

	boolean hasBegun() {
		return this.time != 0;
	}

	void begin(long now) {
		long time = now + this.nanos;
		this.time = (time != 0) ? time : 1;
	}

	/**
	 * Returns whether it has passed.
	 * @param now the time
	 * @return {@code false} also before it has begun
	 */
	boolean isOver(long now) {
		long time = this.time;
		return time != 0 && now - time >= 0;
	}

}
