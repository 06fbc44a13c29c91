package dev.sockets.loop.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import org.jspecify.annotations.Nullable;

/**
 * The end of one channel: keeps its state, and does what belongs to each step.
 */
final class StreamCloser {

	private static final AtomicReferenceFieldUpdater<StreamCloser, ChannelState> STATE = AtomicReferenceFieldUpdater
		.newUpdater(StreamCloser.class, ChannelState.class, "state");

	private final StreamChannel channel;

	private final Transport transport;

	/** While the peer of the closed channel is heard out; used on the loop only. */
	private @Nullable Lingering lingering;

	private volatile ChannelState state = ChannelState.UNOPENED;

	/** Whether the handler was told that the channel is open. */
	private boolean opened;

	/** Why the channel was not opened although it was connected. */
	private volatile @Nullable IOException unprepared;

	StreamCloser(StreamChannel channel, Transport transport) {
		this.channel = channel;
		this.transport = transport;
	}

	boolean isUnopened() {
		return this.state == ChannelState.UNOPENED;
	}

	boolean isOpen() {
		return this.state == ChannelState.OPEN;
	}

	boolean isClosing() {
		return this.state == ChannelState.CLOSING;
	}

	/**
	 * Returns whether bytes may still be written.
	 * @return whether it is open, or closes when all is written
	 */
	boolean isInUse() {
		ChannelState state = this.state;
		return state == ChannelState.OPEN || state == ChannelState.CLOSING;
	}

	boolean isLingering() {
		return this.state == ChannelState.LINGERING;
	}

	private boolean goTo(ChannelState next) {
		ChannelState present;
		do {
			present = this.state;
			if (!present.leadsTo(next)) {
				return false;
			}
		}
		while (!STATE.compareAndSet(this, present, next));
		return true;
	}

	/** The transport is connected. Called on the loop. */
	void opened() {
		this.opened = true;
		goTo(ChannelState.OPEN);
		this.channel.handler().opened();
		this.channel.resume(PauseReason.UNOPENED);
	}

	/**
	 * The transport could not be connected. Called on the loop.
	 * @param cause why
	 */
	void connectFailed(IOException cause) {
		if (goTo(ChannelState.CLOSED)) {
			try {
				closeTransport();
				this.channel.flusher().close();
			}
			finally {
				this.channel.handler().connectFailed(cause);
			}
		}
	}

	/**
	 * The transport is connected, and could not be prepared. The peer is heard out, so
	 * that it gets to know why. Called on the loop.
	 * @param cause why
	 */
	void prepareFailed(IOException cause) {
		this.unprepared = cause;
		if (goTo(ChannelState.CLOSED)) {
			try {
				this.channel.flusher().close();
				finishOutput();
			}
			finally {
				this.channel.signal(Signal.CLOSED);
			}
		}
	}

	/** Closes once everything is written. */
	void close() {
		if (goTo(ChannelState.CLOSING)) {
			this.channel.pause(PauseReason.CLOSING);
			drained();
		}
	}

	/** Finishes closing, if that was asked for and nothing is left to write. */
	void drained() {
		Flusher flusher = this.channel.flusher();
		if (this.state == ChannelState.CLOSING && flusher.isEmpty() && goTo(ChannelState.CLOSED)) {
			try {
				flusher.close();
				finishOutput();
			}
			finally {
				this.channel.signal(Signal.CLOSED);
			}
		}
	}

	private void finishOutput() {
		if (this.channel.settings().resetOnClose() || !this.transport.isConnected()) {
			closeTransport();
			return;
		}
		if (this.channel.reader().isEnded()) {
			this.transport.closeInOrder();
			this.channel.loop().wakeUp();
			return;
		}
		try {
			this.transport.finishOutput();
		}
		catch (IOException ex) {
			closeTransport();
		}
	}

	/** Closes at once; what waits to be written fails. */
	void abort() {
		if (breakOff()) {
			try {
				this.channel.flusher().close();
			}
			finally {
				this.channel.signal(Signal.CLOSED);
			}
		}
	}

	/**
	 * Closes at once, but leaves it to the caller to fail what waits to be written.
	 * @param cause what writing has failed with
	 */
	void writeFailed(Throwable cause) {
		try {
			this.channel.handler()
				.aborting((cause instanceof IOException) ? AbortReason.BROKEN : AbortReason.FAILED, cause);
		}
		finally {
			if (breakOff()) {
				this.channel.signal(Signal.CLOSED);
			}
		}
	}

	private boolean breakOff() {
		if (goTo(ChannelState.CLOSED)) {
			this.channel.pause(PauseReason.CLOSING);
			closeTransport();
			return true;
		}
		return false;
	}

	/** Tells the handler that the channel was closed. Called on the loop. */
	void finish() {
		try {
			this.channel.reader().drop();
			this.channel.memory().leave();
			tellClosed();
		}
		finally {
			Lingering lingering = new Lingering(this.channel, this.transport);
			if (lingering.begin()) {
				this.lingering = lingering;
				goTo(ChannelState.LINGERING);
			}
			else {
				release();
			}
		}
	}

	private void tellClosed() {
		if (this.opened) {
			this.channel.handler().closed();
		}
		else {
			IOException cause = this.unprepared;
			this.channel.handler()
				.connectFailed((cause != null) ? cause : new IOException("Closed before it was connected"));
		}
	}

	/** Waits for the peer no longer. Called on the loop. */
	void endLingering() {
		Lingering lingering = this.lingering;
		if (lingering != null && this.state == ChannelState.LINGERING) {
			lingering.end();
			release();
		}
	}

	/** The peer has sent something, or its end. Called on the loop. */
	void discard(ByteBuffer input) {
		Lingering lingering = this.lingering;
		if (lingering == null || !lingering.discard(input)) {
			endLingering();
		}
		else if (this.transport.wantsToWrite()) {
			this.channel.interestOn(SelectionKey.OP_WRITE);
		}
	}

	private void release() {
		goTo(ChannelState.RELEASED);
		if (this.transport.isOpen()) {
			closeTransport();
		}
		if (this.opened) {
			this.channel.handler().released();
		}
	}

	private void closeTransport() {
		this.transport.close();
		this.channel.loop().wakeUp();
	}

}
