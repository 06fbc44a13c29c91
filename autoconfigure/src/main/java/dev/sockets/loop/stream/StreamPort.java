package dev.sockets.loop.stream;

import java.net.SocketAddress;
import java.nio.channels.SelectionKey;

import org.jspecify.annotations.Nullable;

import dev.sockets.loop.EventLoop;
import dev.sockets.loop.LoopCaller;
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

	/** How the channel begins, or is upgraded; {@code null} while it is in use. */
	private volatile @Nullable StreamOpener opener;

	StreamPort(EventLoop loop, StreamChannel channel, Transport transport) {
		this.channel = channel;
		this.transport = transport;
		this.registration = new Registration(loop, this);
		this.opener = new StreamOpener(channel, transport);
	}

	Registration registration() {
		return this.registration;
	}

	void open() {
		signal(Signal.OPEN);
	}

	void connect(SocketAddress address, long timeoutNanos) {
		StreamOpener opener = this.opener;
		if (opener != null) {
			opener.connectTo(address, timeoutNanos);
		}
		signal(Signal.OPEN);
	}

	@Nullable StreamOpener opener() {
		return this.opener;
	}

	/** The channel is in use from now on. */
	void opened() {
		this.opener = null;
	}

	boolean isPreparing() {
		StreamOpener opener = this.opener;
		return opener != null && opener.isPreparing();
	}

	void signal(Signal signal) {
		this.registration.signal(signal.bit);
	}

	void signalLater(long delayNanos, Signal signal) {
		this.registration.loop().schedule(delayNanos, this.registration, signal.bit);
	}

	@Override
	public long touch() {
		StreamChannel channel = this.channel;
		boolean anything = channel.isReading() & this.transport.isConnected() & channel.flusher().isWriting();
		return channel.reader().lastRead() + channel.writer().lastWrite() + (anything ? 1 : 0)
				+ channel.handler().touch();
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
		StreamOpener opener = this.opener;
		if (opener != null && goesOn(opener, operations)) {
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

	private static boolean goesOn(StreamOpener opener, int operations) {
		if ((operations & SelectionKey.OP_CONNECT) != 0) {
			opener.goOn();
			return true;
		}
		if (opener.isPreparing()) {
			opener.prepare();
			return true;
		}
		return false;
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
			if (!LoopCaller.hasLeft()) {
				end(signals);
			}
		}
	}

	private void goOn(int signals, LoopRunner runner) {
		if (Signal.OPEN.isIn(signals)) {
			begin();
			if (isLeftToOthers(signals & ~Signal.OPEN.bit)) {
				return;
			}
		}
		if (Signal.CONNECT_TIMEOUT.isIn(signals)) {
			timeOut();
		}
		if (Signal.WRITE.isIn(signals)) {
			this.channel.flusher().pump();
		}
		if (Signal.UPGRADE.isIn(signals)) {
			upgrade();
		}
		if (Signal.RATE_OVER.isIn(signals)) {
			this.channel.resume(PauseReason.RATE);
		}
		if (Signal.SILENCE.isIn(signals)) {
			this.channel.reader().silence().look(runner.buffers());
			if (isLeftToOthers(
					signals & (Signal.RESUME.bit | Signal.END_INPUT.bit | Signal.CLOSED.bit | Signal.LINGERED.bit))) {
				return;
			}
		}
		if (Signal.RESUME.isIn(signals)) {
			resume(runner);
			if (isLeftToOthers(signals & (Signal.END_INPUT.bit | Signal.CLOSED.bit | Signal.LINGERED.bit))) {
				return;
			}
		}
		if (Signal.END_INPUT.isIn(signals)) {
			this.channel.pause(PauseReason.CLOSING);
			this.channel.handler().inputEnded(InputEnd.ON_REQUEST);
		}
	}

	private void begin() {
		StreamOpener opener = this.opener;
		if (opener != null) {
			opener.begin();
		}
	}

	private void timeOut() {
		StreamOpener opener = this.opener;
		if (opener != null) {
			opener.timeOut();
		}
	}

	private void upgrade() {
		StreamOpener opener = new StreamOpener(this.channel, this.transport);
		this.opener = opener;
		opener.upgrade();
	}

	private void resume(LoopRunner runner) {
		StreamOpener opener = this.opener;
		if (opener != null && opener.isPreparing()) {
			opener.prepare();
		}
		else {
			this.channel.reader().resume(runner.buffers());
		}
	}

	/** Another thread serves the channel now, and gets the signals that are left. */
	private boolean isLeftToOthers(int signals) {
		if (!LoopCaller.hasLeft()) {
			return false;
		}
		if (signals != 0) {
			this.registration.signal(signals);
		}
		return true;
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
		ChannelTick.tick(this.channel, this.transport, now);
	}

	@Override
	public boolean isAtRest(long now) {
		return this.opener == null && ChannelTick.isAtRest(this.channel, this.transport, now);
	}

	@Override
	public long heldBytes() {
		return this.channel.memory().held() + this.channel.pending() + this.transport.heldBytes();
	}

	@Override
	public void relieve() {
		this.channel.abort(AbortReason.MEMORY, null);
	}

	/** Only the thread that is inside goes on with what comes before the opening. */
	@Override
	public int operationsWhileHeld() {
		return isPreparing() ? 0 : SelectionKey.OP_WRITE;
	}

	@Override
	public void held() {
		StreamOpener opener = this.opener;
		if (opener != null && opener.isPreparing()) {
			opener.lookForNothing();
		}
		this.channel.pause(PauseReason.LATE_HANDLER);
		this.registration.loop().entered(this);
		this.channel.handler().takenOver();
	}

	@Override
	public void released() {
		this.registration.loop().left(this);
		if (isPreparing()) {
			signal(Signal.RESUME);
		}
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

}
