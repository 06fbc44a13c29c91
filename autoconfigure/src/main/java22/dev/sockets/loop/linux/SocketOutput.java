package dev.sockets.loop.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

import org.jspecify.annotations.Nullable;

/**
 * What one socket sends: at once, or with those of others by a {@link SendBatch}. What a
 * batch could not send is kept here and goes before everything else; the selector tells
 * of it as of a socket that is ready to be written to. Open to all threads.
 */
final class SocketOutput {

	private final Descriptor descriptor;

	private volatile boolean shut;

	private volatile @Nullable EpollKey key;

	/** Of the selector that watches the socket. */
	private volatile @Nullable SendBatch batch;

	/** Where a send waits to leave. */
	private volatile @Nullable SendBatch waitsIn;

	/** What a batch has not sent of what was counted as written. */
	private volatile @Nullable ByteBuffer rest;

	/** Why that cannot be sent; 0 when it can. */
	private volatile int failure;

	/** Whether one of both has come since anybody has asked. */
	private volatile boolean news;

	SocketOutput(int number) {
		this.descriptor = new Descriptor(number, this::submitBatch);
	}

	Descriptor descriptor() {
		return this.descriptor;
	}

	/** The socket is watched by a selector from now on. */
	void registered(EpollKey key) {
		this.key = key;
		this.batch = ((EpollSelector) key.selector()).batch();
		if (this.news) {
			key.change();
		}
	}

	/** Returns whether the selector is to tell of something. */
	boolean hasNews() {
		return this.news;
	}

	synchronized int write(ByteBuffer bytes) throws IOException {
		this.descriptor.begin();
		try {
			return isFree() ? Sends.one(this.descriptor.number, bytes) : 0;
		}
		finally {
			this.descriptor.end();
		}
	}

	synchronized long write(ByteBuffer[] buffers, int offset, int length) throws IOException {
		this.descriptor.begin();
		try {
			return isFree() ? Sends.several(this.descriptor.number, buffers, offset, length) : 0;
		}
		finally {
			this.descriptor.end();
		}
	}

	/** As {@link #write(ByteBuffer)}, or leaves the bytes to the batch. */
	synchronized int writeBatched(ByteBuffer bytes) throws IOException {
		int length = bytes.remaining();
		this.descriptor.begin();
		try {
			if (!isFree()) {
				return 0;
			}
			SendBatch batch = this.batch;
			if (batch != null && length > 0 && length <= SendBatch.LONGEST && batch.add(this, bytes, length)) {
				bytes.position(bytes.limit());
				return length;
			}
			return Sends.one(this.descriptor.number, bytes);
		}
		finally {
			this.descriptor.end();
		}
	}

	/** Returns whether nothing waits that has to be sent before. */
	private boolean isFree() throws IOException {
		if (this.shut) {
			throw new ClosedChannelException();
		}
		submitBatch();
		int failure = this.failure;
		if (failure != 0) {
			throw Failures.of(failure);
		}
		ByteBuffer rest = this.rest;
		return rest == null || isSent(rest);
	}

	private boolean isSent(ByteBuffer rest) throws IOException {
		Sends.one(this.descriptor.number, rest);
		if (rest.hasRemaining()) {
			return false;
		}
		this.rest = null;
		return true;
	}

	private void submitBatch() {
		SendBatch batch = this.waitsIn;
		if (batch != null) {
			batch.submit();
		}
	}

	/**
	 * Sends what was left to a batch, and what that could not send, as far as it is
	 * taken.
	 * @return how many bytes are left
	 * @throws IOException when nothing can be sent any more
	 */
	synchronized int sendHeld() throws IOException {
		if (!this.descriptor.tryBegin()) {
			return 0;
		}
		try {
			submitBatch();
			this.news = false;
			ByteBuffer rest = this.rest;
			if (rest == null && this.failure == 0 || this.shut || isFree()) {
				return 0;
			}
			return (rest != null) ? rest.remaining() : 0;
		}
		finally {
			this.descriptor.end();
		}
	}

	/**
	 * Ends the output behind what was written. Bytes that the socket does not take now
	 * are lost: {@link #sendHeld()} tells of them before.
	 * @throws IOException when the connection is broken
	 */
	synchronized void shut() throws IOException {
		this.descriptor.begin();
		try {
			if (!this.shut) {
				isFree();
			}
			this.shut = true;
			int result = Scratch
				.with((scratch) -> LibC.shutdown(scratch.state, this.descriptor.number, Constants.SHUT_WR));
			if (result != -Constants.ENOTCONN) {
				Failures.check(result);
			}
		}
		finally {
			this.descriptor.end();
		}
	}

	boolean isShut() {
		return this.shut;
	}

	/** A send waits in a batch; {@code null} for none any more. */
	void waitsIn(@Nullable SendBatch batch) {
		this.waitsIn = batch;
	}

	/**
	 * A batch has sent something.
	 * @param address where it lies; free afterwards
	 * @param length how many bytes it was to be
	 * @param result how many it were, or minus errno
	 */
	void sent(long address, int length, int result) {
		if (result == length) {
			return;
		}
		if (result < 0 && result != -Constants.EAGAIN && result != -Constants.EINTR) {
			this.failure = -result;
		}
		else {
			keep(address, length, Math.max(0, result));
		}
		this.news = true;
		EpollKey key = this.key;
		if (key != null) {
			key.change();
		}
	}

	private void keep(long address, int length, int taken) {
		try {
			byte[] rest = new byte[length - taken];
			Memory.copy(address + taken, rest, rest.length);
			this.rest = ByteBuffer.wrap(rest);
		}
		catch (OutOfMemoryError ex) {
			this.failure = Constants.ENOMEM;
		}
	}

}
