package dev.sockets.loop.stream;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;

import org.jspecify.annotations.Nullable;

import dev.sockets.loop.EventLoop;
import dev.sockets.loop.LoopRunner;
import dev.sockets.loop.Registration;
import dev.sockets.loop.Selectable;

/**
 * What the event loop calls of one channel: passes on what its socket is ready for and
 * what was asked for by signals.
 */
final class StreamPort implements Selectable {

	private final StreamChannel channel;

	private final Transport transport;

	private final Registration registration;

	private @Nullable PendingConnect connecting;

	StreamPort(EventLoop loop, StreamChannel channel, Transport transport) {
		this.channel = channel;
		this.transport = transport;
		this.registration = new Registration(loop, this);
	}

	Registration registration() {
		return this.registration;
	}

	void open() {
		signal(Signal.OPEN);
	}

	void connect(InetSocketAddress address, long timeoutNanos) {
		this.connecting = new PendingConnect(this.transport, address, timeoutNanos);
		signal(Signal.OPEN);
	}

	void signal(Signal signal) {
		this.registration.signal(signal.bit);
	}

	void signalLater(long delayNanos, Signal signal) {
		this.registration.loop().schedule(delayNanos, this.registration, signal.bit);
	}

	/** What throws would be tried again and again, or missing in the stream. */
	@Override
	public void ready(int operations, LoopRunner runner) {
		try {
			serve(operations, runner);
		}
		catch (Throwable ex) {
			failed(ex, runner);
		}
	}

	private void failed(Throwable failure, LoopRunner runner) {
		this.channel.abort(AbortReason.FAILED, failure);
		runner.fail(failure);
	}

	private void serve(int operations, LoopRunner runner) {
		if ((operations & SelectionKey.OP_CONNECT) != 0) {
			finishConnect();
			return;
		}
		boolean readable = (operations & SelectionKey.OP_READ) != 0;
		if ((operations & SelectionKey.OP_WRITE) != 0) {
			readable |= this.transport.wantsToWrite();
			this.channel.flusher().writable();
		}
		if (readable) {
			if (this.channel.closer().isLingering()) {
				this.channel.closer().discard(runner.buffers().input);
			}
			else {
				this.channel.reader().read(runner.buffers());
			}
		}
	}

	@Override
	public void signalled(int signals, LoopRunner runner) {
		try {
			goOn(signals, runner);
		}
		catch (Throwable ex) {
			failed(ex, runner);
		}
		finally {
			end(signals);
		}
	}

	private void goOn(int signals, LoopRunner runner) {
		if (Signal.OPEN.isIn(signals)) {
			begin();
		}
		if (Signal.CONNECT_TIMEOUT.isIn(signals)) {
			connectLate();
		}
		if (Signal.WRITE.isIn(signals)) {
			this.channel.flusher().pump();
		}
		if (Signal.RESUME.isIn(signals)) {
			this.channel.reader().resume(runner.buffers());
		}
		if (Signal.END_INPUT.isIn(signals)) {
			this.channel.pause(PauseReason.CLOSING);
			this.channel.handler().inputEnded(InputEnd.ON_REQUEST);
		}
	}

	private void end(int signals) {
		if (Signal.CLOSED.isIn(signals)) {
			this.channel.closer().finish();
		}
		if (Signal.LINGERED.isIn(signals)) {
			this.channel.closer().endLingering();
		}
	}

	@Override
	public void tick(long now) {
		try {
			look(now);
		}
		catch (Throwable ex) {
			this.channel.abort(AbortReason.FAILED, ex);
			throw ex;
		}
	}

	@Override
	public long heldBytes() {
		return this.channel.heldBytes();
	}

	@Override
	public void relieve() {
		this.channel.abort(AbortReason.MEMORY, null);
	}

	private void look(long now) {
		this.channel.readOnWithMemory();
		if (this.channel.flusher().isStuck(now, this.channel.settings().writeTimeoutNanos())) {
			this.channel.abort(AbortReason.STALLED, null);
		}
		else if (this.channel.isOpen()) {
			this.channel.handler().tick(now);
		}
	}

	@Override
	public void held() {
		this.channel.pause(PauseReason.LATE_HANDLER);
		this.registration.loop().entered(this);
		this.channel.handler().takenOver();
	}

	@Override
	public void released() {
		this.registration.loop().left(this);
		this.channel.resume(PauseReason.LATE_HANDLER);
	}

	@Override
	public boolean guarded() {
		return this.channel.settings().mayBlock();
	}

	@Override
	public void flushStale() {
		this.channel.flusher().flushStale();
	}

	private void begin() {
		boolean connected;
		try {
			connected = beginConnecting();
		}
		catch (Throwable ex) {
			this.channel.closer().connectFailed(asIo(ex));
			return;
		}
		if (connected) {
			this.channel.closer().opened();
		}
	}

	private boolean beginConnecting() throws IOException {
		PendingConnect connecting = this.connecting;
		if (connecting == null || connecting.begin()) {
			this.transport.register(this.registration, 0);
			return true;
		}
		this.transport.register(this.registration, SelectionKey.OP_CONNECT);
		signalLater(connecting.timeoutNanos(), Signal.CONNECT_TIMEOUT);
		return false;
	}

	private static IOException asIo(Throwable failure) {
		return (failure instanceof IOException io) ? io
				: new IOException("The connection could not be opened", failure);
	}

	private void finishConnect() {
		boolean connected;
		try {
			connected = this.connecting != null && this.connecting.finish();
		}
		catch (Throwable ex) {
			this.channel.closer().connectFailed(asIo(ex));
			return;
		}
		if (connected) {
			this.registration.interestOff(SelectionKey.OP_CONNECT);
			this.channel.closer().opened();
		}
	}

	private void connectLate() {
		if (this.connecting != null && this.channel.closer().isUnopened()) {
			this.channel.closer().connectFailed(this.connecting.timeout());
		}
	}

}
