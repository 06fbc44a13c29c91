package dev.sockets.loop.stream;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.sockets.loop.EventLoop;
import dev.sockets.loop.LoopRunner;
import dev.sockets.loop.Registration;
import dev.sockets.loop.Selectable;

/**
 * Accepts connections on an event loop until it is closed, whatever fails meanwhile. When
 * descriptors run out it leaves some free and tries again after pauses of up to a second.
 * It has recovered when it could accept for half a second, or for five seconds if the
 * last trouble was over only shortly before.
 */
public final class Acceptor implements Selectable {

	private static final int BACKING_OFF = 2;

	private static final int HELD = 4;

	private static final int UNOPENED = 8;

	private static final int FULL = 16;

	private static final int OPEN_SIGNAL = 4;

	private static final int RETRY = 2;

	private static final int CLOSE = Registration.URGENT;

	private static final int SETTLED = 8;

	private static final int MOST_AT_ONCE = 64;

	private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

	private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(1);

	private static final long SETTLING = TimeUnit.MILLISECONDS.toNanos(500);

	private static final long SETTLING_AGAIN = TimeUnit.SECONDS.toNanos(5);

	private static final long SHORTLY_BEFORE = TimeUnit.SECONDS.toNanos(10);

	private final ServerSocketChannel socket;

	private final AcceptHandler handler;

	private final Registration registration;

	private final SpareDescriptors spare = new SpareDescriptors();

	private final CompletableFuture<Void> closed = new CompletableFuture<>();

	private volatile boolean closing;

	private int blocks = UNOPENED;

	private boolean failing;

	private long pause;

	private long settling;

	private long triedAgainAt;

	private long recoveredAt = System.nanoTime() - SHORTLY_BEFORE;

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
		this.spare.open();
	}

	/** Starts to accept. */
	public void open() {
		this.registration.signal(OPEN_SIGNAL);
	}

	/** Asks the handler again whether it may accept. */
	public void retry() {
		unblock(FULL);
	}

	/**
	 * Closes the socket.
	 * @return completed when the port is free again
	 */
	public CompletableFuture<Void> close() {
		this.closing = true;
		this.registration.signal(CLOSE);
		return this.closed;
	}

	@Override
	public void ready(int operations, LoopRunner runner) {
		for (int i = 0; i < MOST_AT_ONCE && !this.closing && this.socket.isOpen(); i++) {
			if (!this.handler.mayAccept()) {
				block(FULL);
				if (!this.handler.mayAccept()) {
					return;
				}
				unblock(FULL);
			}
			try {
				SocketChannel accepted = this.socket.accept();
				if (accepted == null) {
					return;
				}
				this.pause = 0;
				accepted.configureBlocking(false);
				this.handler.accepted(accepted);
			}
			catch (IOException ex) {
				backOff(ex);
				return;
			}
		}
	}

	@Override
	public void signalled(int signals, LoopRunner runner) {
		if ((signals & OPEN_SIGNAL) != 0 && !this.closing) {
			try {
				this.registration.register(this.socket, 0);
				unblock(UNOPENED);
			}
			catch (IOException ex) {
				backOff(ex);
			}
		}
		if ((signals & RETRY) != 0 && !this.closing) {
			tryAgain();
		}
		if ((signals & SETTLED) != 0 && !this.closing) {
			settle();
		}
		if ((signals & CLOSE) != 0) {
			this.spare.close();
			try {
				this.socket.close();
				this.registration.loop().forgetClosed();
				this.closed.complete(null);
			}
			catch (IOException ex) {
				this.closed.completeExceptionally(ex);
			}
		}
	}

	@Override
	public void tick(long now) {
	}

	@Override
	public void held() {
		block(HELD);
	}

	@Override
	public void released() {
		unblock(HELD);
	}

	@Override
	public boolean guarded() {
		return true;
	}

	private void backOff(IOException cause) {
		this.spare.release();
		this.pause = (this.pause == 0) ? FIRST_PAUSE : Math.min(this.pause * 2, LONGEST_PAUSE);
		block(BACKING_OFF);
		schedule(this.pause, RETRY);
		if (!this.failing) {
			this.failing = true;
			this.settling = (System.nanoTime() - this.recoveredAt < SHORTLY_BEFORE) ? SETTLING_AGAIN : SETTLING;
			this.handler.acceptFailed(cause);
		}
	}

	private void tryAgain() {
		try {
			this.spare.hold();
			this.triedAgainAt = System.nanoTime();
			unblock(BACKING_OFF);
			schedule(this.settling, SETTLED);
		}
		catch (IOException ex) {
			backOff(ex);
		}
	}

	private void settle() {
		long now = System.nanoTime();
		boolean accepts = (this.blocks & BACKING_OFF) == 0;
		if (this.failing && accepts && now - this.triedAgainAt >= this.settling) {
			this.failing = false;
			this.recoveredAt = now;
			this.handler.acceptRecovered();
		}
	}

	private void schedule(long delay, int signal) {
		this.registration.loop().schedule(delay, this.registration, signal);
	}

	private synchronized void block(int reason) {
		this.blocks |= reason;
		this.registration.interestOff(SelectionKey.OP_ACCEPT);
	}

	private synchronized void unblock(int reason) {
		boolean wasBlocked = this.blocks != 0;
		this.blocks &= ~reason;
		if (wasBlocked && this.blocks == 0) {
			this.registration.interestOn(SelectionKey.OP_ACCEPT);
		}
	}

}
