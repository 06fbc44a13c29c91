package dev.sockets.loop.stream;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SelectionKey;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * The beginning of one channel: has the loop watch its transport, which is connected or
 * is to be connected in time, and may have to be prepared then; and so again when it is
 * upgraded. Used on the loop only, but for {@link #connectTo}.
 */
final class StreamOpener {

	/** More than the coarse time of a loop may be off. */
	private static final long CLOCK_STEP = TimeUnit.MILLISECONDS.toNanos(10);

	private final StreamChannel channel;

	private final Transport transport;

	private @Nullable PendingConnect connecting;

	private long begun;

	/** Whether the two sides are yet to agree before the channel is used, or used on. */
	private volatile boolean preparing;

	/** Whether the channel is open while its transport is prepared. */
	private boolean upgrading;

	StreamOpener(StreamChannel channel, Transport transport) {
		this.channel = channel;
		this.transport = transport;
	}

	/** The transport is to be connected when the channel is opened. */
	void connectTo(SocketAddress address, long timeoutNanos) {
		this.connecting = new PendingConnect(this.transport, address, timeoutNanos);
	}

	void begin() {
		boolean connected;
		try {
			connected = register();
		}
		catch (Throwable ex) {
			this.channel.closer().connectFailed(asIo(ex));
			return;
		}
		if (connected) {
			prepare();
		}
	}

	private boolean register() throws IOException {
		PendingConnect connecting = this.connecting;
		StreamPort port = this.channel.port();
		if (connecting == null || connecting.begin()) {
			this.transport.register(port.registration(), 0);
			return true;
		}
		this.transport.register(port.registration(), SelectionKey.OP_CONNECT);
		this.begun = this.channel.nanos();
		port.signalLater(connecting.timeoutNanos(), Signal.CONNECT_TIMEOUT);
		return false;
	}

	private static IOException asIo(Throwable failure) {
		return (failure instanceof IOException io) ? io
				: new IOException("The connection could not be opened", failure);
	}

	/** The socket is ready to be connected. */
	void goOn() {
		boolean connected;
		try {
			connected = this.connecting != null && this.connecting.finish();
		}
		catch (Throwable ex) {
			this.channel.closer().connectFailed(asIo(ex));
			return;
		}
		if (connected) {
			this.channel.interestOff(SelectionKey.OP_CONNECT);
			prepare();
		}
	}

	boolean isPreparing() {
		return this.preparing;
	}

	/** Everything is written that comes before the upgrade. */
	void upgrade() {
		if (this.channel.closer().isInUse()) {
			this.upgrading = true;
			try {
				this.transport.upgrade(this.channel.reader().takeRest());
			}
			catch (Throwable ex) {
				fail(asIo(ex));
				return;
			}
			prepare();
		}
	}

	/** The transport is connected, or can go on with what it has to prepare. */
	void prepare() {
		StreamCloser closer = this.channel.closer();
		this.preparing = this.upgrading ? closer.isInUse() : closer.isUnopened();
		if (!this.preparing) {
			return;
		}
		try {
			this.preparing = !this.transport.prepare();
		}
		catch (Throwable ex) {
			fail(asIo(ex));
			return;
		}
		lookForNothing();
		if (!this.preparing) {
			ready();
		}
		else if (!this.transport.isBusy()) {
			boolean writes = this.transport.wantsToWrite();
			this.channel.interestOn(writes ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
		}
	}

	private void ready() {
		this.channel.port().opened();
		if (!this.upgrading) {
			this.channel.closer().opened();
			return;
		}
		this.channel.flusher().upgraded();
		this.channel.resume(PauseReason.UPGRADE);
	}

	/** The transport could not be prepared. */
	void fail(IOException cause) {
		this.preparing = false;
		lookForNothing();
		if (this.upgrading) {
			this.channel.handler().aborting(AbortReason.BROKEN, cause);
		}
		this.channel.closer().prepareFailed(cause);
	}

	void lookForNothing() {
		this.channel.interestOff(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
	}

	/** The time to connect is over, but for what this side was held up meanwhile. */
	void timeOut() {
		PendingConnect connecting = this.connecting;
		if (connecting == null || !this.channel.closer().isUnopened()) {
			return;
		}
		long left = this.begun + connecting.timeoutNanos() - this.channel.nanos();
		if (left > CLOCK_STEP) {
			this.channel.port().signalLater(left, Signal.CONNECT_TIMEOUT);
		}
		else {
			this.channel.closer().connectFailed(connecting.timeout());
		}
	}

}
