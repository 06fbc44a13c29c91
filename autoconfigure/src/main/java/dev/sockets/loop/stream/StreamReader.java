package dev.sockets.loop.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

import org.jspecify.annotations.Nullable;

import dev.sockets.loop.LoopBuffers;
import dev.sockets.loop.LoopCaller;

/**
 * The way in of one channel. Belongs to one thread at a time (the loop's, or a late
 * runner's that is still inside); what it tells about itself is open to all.
 */
final class StreamReader {

	/* Written by the reading thread only, so an ordered write without a fence will do. */
	private static final AtomicLongFieldUpdater<StreamReader> RECEIVED = AtomicLongFieldUpdater
		.newUpdater(StreamReader.class, "received");

	private static final AtomicLongFieldUpdater<StreamReader> LAST_READ = AtomicLongFieldUpdater
		.newUpdater(StreamReader.class, "lastRead");

	/**
	 * Bytes that are kept while reading is paused; a peer that has sent more is not seen.
	 */
	static final int MOST_AHEAD = 4 * 1024;

	private final StreamChannel channel;

	private final Transport transport;

	private final ReadInterest interest;

	/** What was read and not consumed; {@code null} for nothing. */
	private volatile @Nullable Remainder rest;

	/** Made when a silence is awaited for the first time. */
	private @Nullable Silence silence;

	/** What the thread inside {@link ChannelHandler#received} works with. */
	private @Nullable LoopBuffers serving;

	/** Whether a thread has ever left reading to another one. */
	private boolean left;

	/** Whether what is delivered is all that comes, at least before a silence. */
	private boolean last;

	private volatile boolean ended;

	private volatile long received;

	private volatile long lastRead;

	StreamReader(StreamChannel channel, Transport transport, ReadInterest interest, long now) {
		this.channel = channel;
		this.transport = transport;
		this.interest = interest;
		this.lastRead = now;
	}

	/** Returns what finds out when the peer is silent. Called by the reading thread. */
	Silence silence() {
		Silence silence = this.silence;
		if (silence == null) {
			silence = new Silence(this.channel, this);
			this.silence = silence;
		}
		return silence;
	}

	/**
	 * Delivers what waits as that before a silence, unless something comes now: it may
	 * have been there for long, and only this side was late.
	 * @param buffers the calling thread's
	 */
	void endSilence(LoopBuffers buffers) {
		if (isShortOfMemory()) {
			silence().lookAgain();
			return;
		}
		long before = this.received;
		read(buffers);
		if (LoopCaller.hasLeft() || this.received != before || this.ended || !this.interest.isOpen()) {
			return;
		}
		Remainder rest = this.rest;
		if (rest != null) {
			this.last = true;
			deliver(buffers, rest.bytes(), rest.start(), rest.end());
		}
	}

	/**
	 * Reads once, unless reading is paused.
	 * @param buffers the calling thread's
	 */
	void read(LoopBuffers buffers) {
		if (!this.interest.isOpen()) {
			readAhead(buffers);
			return;
		}
		if (isShortOfMemory()) {
			return;
		}
		ByteBuffer input = buffers.input.clear().limit(this.channel.settings().readBuffer());
		int count;
		try {
			count = ChannelTraffic.read(this.channel, this.transport, input);
		}
		catch (IOException ex) {
			this.channel.abort(AbortReason.BROKEN, ex);
			return;
		}
		if (count < 0) {
			end(buffers);
			return;
		}
		if (count > 0) {
			RECEIVED.lazySet(this, this.received + count);
			LAST_READ.lazySet(this, this.channel.loop().nanos());
			accept(buffers, input.flip());
			if (hasCallerLeft()) {
				return;
			}
		}
		if (this.transport.wantsToWrite()) {
			this.channel.interestOn(SelectionKey.OP_WRITE);
		}
		if (this.transport.hasBufferedInput()) {
			this.channel.signal(Signal.RESUME);
		}
	}

	/**
	 * Reads a little while the application has paused reading: only so is it seen that
	 * the peer has gone. What is read waits, so it is no more than a peer may send anyway
	 * before it notices the pause.
	 */
	private void readAhead(LoopBuffers buffers) {
		if (!this.interest.isOpenAhead()) {
			return;
		}
		Remainder rest = this.rest;
		int room = MOST_AHEAD - ((rest != null) ? rest.length() : 0);
		int count = -1;
		if (room > 0 && !this.channel.memory().isUsedUp()) {
			ByteBuffer input = buffers.input.clear().limit(Math.min(room, this.channel.settings().readBuffer()));
			try {
				count = ChannelTraffic.read(this.channel, this.transport, input);
			}
			catch (IOException ex) {
				this.channel.abort(AbortReason.BROKEN, ex);
				return;
			}
			if (count > 0) {
				RECEIVED.lazySet(this, this.received + count);
				LAST_READ.lazySet(this, this.channel.loop().nanos());
				append(input.flip());
			}
		}
		if (count < 0) {
			this.interest.endAhead();
		}
		if (this.transport.wantsToWrite()) {
			this.channel.interestOn(SelectionKey.OP_WRITE);
		}
	}

	private void append(ByteBuffer input) {
		Remainder rest = this.rest;
		if (rest != null) {
			byte[] all = rest.append(input);
			keep(all, rest.start(), rest.end());
		}
		else {
			byte[] all = new byte[input.remaining()];
			input.get(all);
			keep(all, 0, all.length);
		}
	}

	/** What comes behind an incomplete frame has to be kept too, most likely. */
	private boolean isShortOfMemory() {
		return this.rest != null && MemoryBrake.holdsBack(this.channel);
	}

	private void end(LoopBuffers buffers) {
		this.ended = true;
		this.last = true;
		Remainder rest = this.rest;
		if (rest != null) {
			deliver(buffers, rest.bytes(), rest.start(), rest.end());
		}
		this.channel.pause(PauseReason.CLOSING);
		boolean truncated = this.rest != null || this.transport.isTruncated();
		this.channel.handler().inputEnded(truncated ? InputEnd.TRUNCATED : InputEnd.BY_PEER);
	}

	private void accept(LoopBuffers buffers, ByteBuffer input) {
		Remainder rest = this.rest;
		if (rest == null) {
			int count = input.remaining();
			input.get(buffers.bytes, 0, count);
			deliver(buffers, buffers.bytes, 0, count);
		}
		else {
			byte[] all = rest.append(input);
			deliver(buffers, all, rest.start(), rest.end());
		}
	}

	private void deliver(LoopBuffers buffers, byte[] bytes, int start, int end) {
		int next;
		this.serving = buffers;
		try {
			ChannelHandler handler = this.channel.handler();
			next = this.last ? last(handler, bytes, start, end) : handler.received(bytes, start, end);
		}
		finally {
			if (!hasCallerLeft()) {
				this.serving = null;
				if (this.last) {
					this.last = this.ended;
				}
			}
			this.channel.flusher().endOwnBatch();
		}
		if (!hasCallerLeft()) {
			keep(bytes, next, end);
		}
	}

	private int last(ChannelHandler handler, byte[] bytes, int start, int end) {
		return this.ended ? handler.receivedLast(bytes, start, end) : handler.receivedBeforeSilence(bytes, start, end);
	}

	private void keep(byte[] bytes, int next, int end) {
		Remainder rest = this.rest;
		if (next == end) {
			if (rest != null) {
				drop();
			}
			return;
		}
		if (rest == null) {
			this.rest = new Remainder(this.channel.memory(), bytes, next, end, this.channel.loop().nanos());
			this.channel.timers().stir();
		}
		else {
			rest.keep(bytes, next, end, this.channel.loop().nanos());
		}
		MemoryBrake.closeWhenOverdrawn(this.channel);
	}

	/**
	 * Returns whether a thread is inside {@link ChannelHandler#received}.
	 * @param buffers what the thread works with
	 * @return whether it is
	 */
	boolean isServing(@Nullable LoopBuffers buffers) {
		return buffers != null && this.serving == buffers;
	}

	/**
	 * The calling thread, which is inside {@link ChannelHandler#received}, leaves reading
	 * to another one.
	 * @param unread what it has not come to
	 */
	void leave(Unread unread) {
		this.left = true;
		this.serving = null;
		this.last = this.ended;
		keep(unread.bytes(), unread.start(), unread.end());
	}

	private boolean hasCallerLeft() {
		return this.left && LoopCaller.hasLeft();
	}

	/** Collects what the calling thread sends while it handles what was received. */
	void collectReplies() {
		LoopBuffers buffers = this.serving;
		if (buffers != null) {
			this.channel.flusher().beginBatch(buffers.tool(StreamReader::batch));
		}
	}

	private static ReplyBatch batch(LoopBuffers buffers) {
		return new ReplyBatch(buffers.output);
	}

	/**
	 * Goes on after a pause: with what was read before it first.
	 * @param buffers the calling thread's
	 */
	void resume(LoopBuffers buffers) {
		this.channel.handler().resumed();
		if (LoopCaller.hasLeft()) {
			return;
		}
		Remainder rest = this.rest;
		if (rest != null && this.interest.isOpen()) {
			deliver(buffers, rest.bytes(), rest.start(), rest.end());
			if (hasCallerLeft()) {
				return;
			}
		}
		if (this.transport.hasBufferedInput()) {
			read(buffers);
		}
		this.interest.readOn();
	}

	/**
	 * Gives away what was not consumed.
	 * @return the bytes
	 */
	ByteBuffer takeRest() {
		Remainder rest = this.rest;
		if (rest == null) {
			return ByteBuffer.allocate(0);
		}
		byte[] begun = rest.bytes();
		drop();
		return ByteBuffer.wrap(begun, rest.start(), rest.length());
	}

	/** Forgets what was not consumed. */
	void drop() {
		Remainder rest = this.rest;
		if (rest != null) {
			this.rest = null;
			rest.drop();
		}
	}

	/**
	 * Returns whether the peer has ended its side.
	 * @return whether nothing more can be read
	 */
	boolean isEnded() {
		return this.ended;
	}

	long received() {
		return this.received;
	}

	long lastRead() {
		return this.lastRead;
	}

	long silentFor(long now) {
		return this.interest.isOpen() ? Math.min(now - this.lastRead, now - this.interest.openSince()) : 0;
	}

	long readFor(long now) {
		return this.interest.isOpen() ? now - this.interest.openSince() : 0;
	}

	long credit(long now) {
		return this.channel.loop().credit(now) + this.interest.credit();
	}

	boolean hasRest() {
		return this.rest != null;
	}

	byte[] begun(int most) {
		Remainder rest = this.rest;
		return (rest != null) ? rest.first(most) : new byte[0];
	}

	boolean isFrameLate(long now, long timeout) {
		Remainder rest = this.rest;
		return rest != null && this.interest.isOpen()
				&& Math.min(now - rest.since(), now - this.interest.openSince()) > timeout;
	}

}
