package dev.sockets.loop.stream;

/**
 * What a channel has read and written so far, and when. May be asked by all threads.
 */
public final class ChannelActivity {

	private final StreamReader reader;

	private final SocketWriter writer;

	ChannelActivity(StreamReader reader, SocketWriter writer) {
		this.reader = reader;
		this.writer = writer;
	}

	/**
	 * Returns how many bytes were received.
	 * @return the number of bytes
	 */
	public long bytesReceived() {
		return this.reader.received();
	}

	/**
	 * Returns how many bytes were written.
	 * @return the number of bytes
	 */
	public long bytesWritten() {
		return this.writer.bytes();
	}

	/**
	 * Returns how many frames were written, in batches or by sends.
	 * @return the number of frames
	 */
	public long framesWritten() {
		return this.writer.frames();
	}

	/**
	 * Returns how many frames were sent by who handled what was received, before it
	 * returned. Some of those that had to wait for others may be missing.
	 * @return the number of frames
	 */
	public long framesReplied() {
		return this.writer.replies();
	}

	/**
	 * Returns when bytes were last received, or the channel was made.
	 * @return the time, as {@link StreamChannel#nanos()}
	 */
	public long lastRead() {
		return this.reader.lastRead();
	}

	/**
	 * Returns when bytes were last written, or the channel was made.
	 * @return the time, as {@link StreamChannel#nanos()}
	 */
	public long lastWrite() {
		return this.writer.lastWrite();
	}

	/**
	 * Returns how long the peer has been silent.
	 * @param now the time, as {@link StreamChannel#nanos()}
	 * @return nanoseconds during which it was read all the time; 0 while it isn't
	 */
	public long silentFor(long now) {
		return this.reader.silentFor(now);
	}

	/**
	 * Returns whether the peer has left a frame incomplete for some time.
	 * @param now the time, as {@link StreamChannel#nanos()}
	 * @param timeout for how long, in nanoseconds
	 * @return whether it has, although it is being read
	 */
	public boolean isFrameLate(long now, long timeout) {
		return this.reader.isFrameLate(now, timeout);
	}

	/**
	 * Returns whether the peer has begun something that is not complete, or that waits
	 * because reading was paused.
	 * @return whether bytes are kept that were received
	 */
	public boolean hasBegunFrame() {
		return this.reader.hasRest();
	}

	/**
	 * Returns how the frame begins that the peer has left incomplete. To be asked within
	 * {@link ChannelHandler#tick} only, while nobody reads.
	 * @param most how many bytes at most
	 * @return its bytes; empty when there is none
	 */
	public byte[] begun(int most) {
		return this.reader.begun(most);
	}

	/**
	 * Returns what the peer has to its credit because it was not read lately, or the
	 * event loop was held up, wherever that was: what it has sent meanwhile comes at
	 * once.
	 * @param now a reading of {@code System.nanoTime()}
	 * @return how long ago, in nanoseconds, what comes now may have been sent
	 */
	public long credit(long now) {
		return this.reader.credit(now);
	}

	/**
	 * Returns for how long the peer has been read without a pause.
	 * @param now the time, as {@link StreamChannel#nanos()}
	 * @return nanoseconds; 0 while it isn't
	 */
	public long readFor(long now) {
		return this.reader.readFor(now);
	}

}
