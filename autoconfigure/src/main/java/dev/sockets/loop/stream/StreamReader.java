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

	private final MemoryBrake memoryBrake;

	private final Remainder rest;

	private final Silence silence;

	/** What the thread inside {@link ChannelHandler#received} works with. */
	private @Nullable LoopBuffers serving;

	/** Whether a thread has ever left reading to another one. */
	private boolean left;

	/** Whether what is delivered is all that comes, at least before a silence. */
	private boolean last;

	private volatile boolean ended;

	private volatile long received;

	private volatile long lastRead;

	StreamReader(StreamChannel channel, Transport transport, ReadInterest interest, MemoryBrake memoryBrake, long now) {
		this.channel = channel;
		this.transport = transport;
		this.interest = interest;
		this.memoryBrake = memoryBrake;
		this.rest = new Remainder(memoryBrake.memory());
		this.silence = new Silence(channel, this);
		this.lastRead = now;
	}

	Silence silence() {
		return this.silence;
	}

	/**
	 * Delivers what waits as that before a silence, unless something comes now: it may
	 * have been there for long, and only this side was late.
	 * @param buffers the calling thread's
	 */
	void endSilence(LoopBuffers buffers) {
		if (isShortOfMemory()) {
			this.silence.lookAgain();
			return;
		}
		long before = this.received;
		read(buffers);
		if (LoopCaller.hasLeft() || this.received != before || this.ended || !this.interest.isOpen()) {
			return;
		}
		byte[] begun = this.rest.bytes();
		if (begun != null) {
			this.last = true;
			deliver(buffers, begun, this.rest.start(), this.rest.end());
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
			count = this.transport.read(input);
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
		int room = MOST_AHEAD - this.rest.length();
		int count = -1;
		if (room > 0 && !this.memoryBrake.memory().isUsedUp()) {
			ByteBuffer input = buffers.input.clear().limit(Math.min(room, this.channel.settings().readBuffer()));
			try {
				count = this.transport.read(input);
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
		byte[] begun = this.rest.bytes();
		byte[] all = this.rest.append((begun != null) ? begun : new byte[input.remaining()], input);
		keep(all, this.rest.start(), this.rest.end());
	}

	/** What comes behind an incomplete frame has to be kept too, most likely. */
	private boolean isShortOfMemory() {
		return this.rest.isPresent() && this.memoryBrake.holdsBack();
	}

	private void end(LoopBuffers buffers) {
		this.ended = true;
		this.last = true;
		byte[] begun = this.rest.bytes();
		if (begun != null) {
			deliver(buffers, begun, this.rest.start(), this.rest.end());
		}
		this.channel.pause(PauseReason.CLOSING);
		boolean truncated = this.rest.bytes() != null || this.transport.isTruncated();
		this.channel.handler().inputEnded(truncated ? InputEnd.TRUNCATED : InputEnd.BY_PEER);
	}

	private void accept(LoopBuffers buffers, ByteBuffer input) {
		int count = input.remaining();
		byte[] begun = this.rest.bytes();
		if (begun == null) {
			input.get(buffers.bytes, 0, count);
			deliver(buffers, buffers.bytes, 0, count);
		}
		else {
			byte[] all = this.rest.append(begun, input);
			deliver(buffers, all, this.rest.start(), this.rest.end());
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
		this.rest.keep(bytes, next, end, this.channel.loop().nanos());
		if (this.rest.isPresent()) {
			this.memoryBrake.closeWhenOverdrawn();
		}
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
		byte[] begun = this.rest.bytes();
		if (begun != null && this.interest.isOpen()) {
			deliver(buffers, begun, this.rest.start(), this.rest.end());
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
		byte[] begun = this.rest.bytes();
		if (begun == null) {
			return ByteBuffer.allocate(0);
		}
		int start = this.rest.start();
		int end = this.rest.end();
		this.rest.keep(begun, end, end, this.channel.loop().nanos());
		return ByteBuffer.wrap(begun, start, end - start);
	}

	/** Forgets what was not consumed. */
	void drop() {
		this.rest.drop();
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
		return this.rest.isPresent();
	}

	byte[] begun(int most) {
		return this.rest.first(most);
	}

	boolean isFrameLate(long now, long timeout) {
		return this.rest.isPresent() && this.interest.isOpen()
				&& Math.min(now - this.rest.since(), now - this.interest.openSince()) > timeout;
	}

}
