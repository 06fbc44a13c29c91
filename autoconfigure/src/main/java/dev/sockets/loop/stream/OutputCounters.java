package dev.sockets.loop.stream;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * What one channel has written. Changed with the write lock held, so an ordered write
 * without a fence will do; open to all for reading.
 */
final class OutputCounters {

	private static final AtomicLongFieldUpdater<OutputCounters> BYTES = AtomicLongFieldUpdater
		.newUpdater(OutputCounters.class, "bytes");

	private static final AtomicLongFieldUpdater<OutputCounters> FRAMES = AtomicLongFieldUpdater
		.newUpdater(OutputCounters.class, "frames");

	private static final AtomicLongFieldUpdater<OutputCounters> LAST_WRITE = AtomicLongFieldUpdater
		.newUpdater(OutputCounters.class, "lastWrite");

	private volatile long bytes;

	private volatile long frames;

	private volatile long lastWrite;

	OutputCounters(long now) {
		this.lastWrite = now;
	}

	void wrote(long bytes, long now) {
		BYTES.lazySet(this, this.bytes + bytes);
		LAST_WRITE.lazySet(this, now);
	}

	void addFrames(int frames) {
		FRAMES.lazySet(this, this.frames + frames);
	}

	long bytes() {
		return this.bytes;
	}

	long frames() {
		return this.frames;
	}

	long lastWrite() {
		return this.lastWrite;
	}

}
