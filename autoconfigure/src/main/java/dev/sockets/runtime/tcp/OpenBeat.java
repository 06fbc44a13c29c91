package dev.sockets.runtime.tcp;

/**
 * The first heartbeat sent over a connection that its peer has not answered by anything.
 * Used by whoever looks at the connection's deadlines. All times are those of the
 * channel.
 */
final class OpenBeat {

	private boolean sent;

	private long sentAt;

	/**
	 * A heartbeat is sent.
	 * @param lastRead when the peer has sent something last
	 * @param now the time
	 */
	void sent(long lastRead, long now) {
		if (!is(lastRead)) {
			this.sent = true;
			this.sentAt = now;
		}
	}

	/**
	 * Returns whether a heartbeat was sent and nothing received since.
	 * @param lastRead when the peer has sent something last
	 * @return whether the peer owes an answer
	 */
	boolean is(long lastRead) {
		return this.sent && lastRead - this.sentAt < 0;
	}

	/**
	 * Returns whether the peer has owed an answer for longer than it may.
	 * @param timeout how long it may, in nanoseconds
	 * @param lastRead when the peer has sent something last
	 * @param now the time
	 * @return whether it has
	 */
	boolean isOlder(long timeout, long lastRead, long now) {
		return is(lastRead) && now - this.sentAt > timeout;
	}

}
