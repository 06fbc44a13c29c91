package dev.sockets.loop.stream;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.sockets.loop.EventLoop;
import dev.sockets.loop.LoopRunner;
import dev.sockets.loop.Registration;
import dev.sockets.loop.Selectable;

/**
 * Accepts connections on an event loop until it is closed, whatever fails meanwhile. What
 * fails with one connection is that connection's end. When descriptors run out some are
 * left free, and accepting is tried again later.
 */
public final class Acceptor implements Selectable {

	private static final int MOST_AT_ONCE = 64;

	private final ServerSocketChannel socket;

	private final AcceptHandler handler;

	private final Registration registration;

	private final AcceptInterest interest;

	private final AcceptRecovery recovery;

	private final CompletableFuture<Void> closed = new CompletableFuture<>();

	private volatile boolean closing;

	/**
	 * Creates an acceptor; it accepts nothing until it is opened.
	 * @param loop its event loop
	 * @param socket the bound socket, not blocking
	 * @param handler what becomes of accepted sockets
	 * @throws IOException when there are no descriptors to spare
	 */
	public Acceptor(EventLoop loop, ServerSocketChannel socket, AcceptHandler handler) throws IOException {
		this.socket = socket;
		this.handler = handler;
		this.registration = new Registration(loop, this);
		this.interest = new AcceptInterest(this.registration);
		this.recovery = new AcceptRecovery(this.registration, this.interest, handler);
		this.recovery.open();
	}

	/** Starts to accept. */
	public void open() {
		this.registration.signal(AcceptSignal.OPEN.bit);
	}

	/** Asks the handler again whether it may accept. */
	public void retry() {
		this.interest.open(ShutReason.FULL);
	}

	/**
	 * Closes the socket.
	 * @return completed when the port is free again
	 */
	public CompletableFuture<Void> close() {
		this.closing = true;
		this.registration.signal(AcceptSignal.CLOSE.bit);
		return this.closed;
	}

	@Override
	public void ready(int operations, LoopRunner runner) {
		for (int i = 0; i < MOST_AT_ONCE && !this.closing && this.socket.isOpen(); i++) {
			if (!mayAccept()) {
				return;
			}
			SocketChannel accepted = accept();
			if (accepted == null) {
				return;
			}
			this.recovery.accepted();
			handOver(accepted);
		}
	}

	private boolean mayAccept() {
		if (this.handler.mayAccept()) {
			return true;
		}
		this.interest.shut(ShutReason.FULL);
		if (!this.handler.mayAccept()) {
			return false;
		}
		this.interest.open(ShutReason.FULL);
		return true;
	}

	/**
	 * Accepts the next connection. One that has failed before it was accepted makes that
	 * fail only once, but what keeps all from being accepted is still there the next
	 * time.
	 */
	private @Nullable SocketChannel accept() {
		try {
			return this.socket.accept();
		}
		catch (Throwable ex) {
			return acceptAnother();
		}
	}

	private @Nullable SocketChannel acceptAnother() {
		try {
			return this.socket.accept();
		}
		catch (Throwable ex) {
			if (!this.closing) {
				this.recovery
					.backOff((ex instanceof IOException io) ? io : new IOException("Accepting has failed", ex));
			}
			return null;
		}
	}

	private void handOver(SocketChannel accepted) {
		boolean taken = false;
		try {
			accepted.configureBlocking(false);
			this.handler.accepted(accepted);
			taken = true;
		}
		catch (IOException ex) {
			// it was closed already, or could not be made ready
		}
		finally {
			if (!taken) {
				closeQuietly(accepted);
			}
		}
	}

	@Override
	public void signalled(int signals, LoopRunner runner) {
		if (AcceptSignal.CLOSE.isIn(signals)) {
			finishClosing();
		}
		if (this.closing) {
			return;
		}
		if (AcceptSignal.OPEN.isIn(signals)) {
			begin();
		}
		if (AcceptSignal.RETRY.isIn(signals)) {
			this.recovery.tryAgain();
		}
		if (AcceptSignal.SETTLED.isIn(signals)) {
			this.recovery.settle();
		}
	}

	@Override
	public void tick(long now) {
		this.handler.tick();
	}

	@Override
	public void held() {
		this.interest.shut(ShutReason.LATE_HANDLER);
	}

	@Override
	public void released() {
		this.interest.open(ShutReason.LATE_HANDLER);
	}

	@Override
	public boolean guarded() {
		return true;
	}

	private void begin() {
		try {
			this.registration.register(this.socket, 0);
			this.interest.open(ShutReason.UNOPENED);
		}
		catch (IOException ex) {
			this.recovery.backOff(ex);
		}
	}

	private void finishClosing() {
		try {
			this.socket.close();
			this.recovery.close();
			this.registration.loop().forgetClosed();
			this.closed.complete(null);
		}
		catch (Throwable ex) {
			this.closed.completeExceptionally(ex);
		}
	}

	private static void closeQuietly(SocketChannel socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// it is closed as far as that is possible
		}
	}

}
