package dev.sockets.loop;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Accepts connections on an event loop until it is closed, whatever fails meanwhile.
 */
public final class Acceptor implements Selectable {

	private static final int BACKING_OFF = 2;

	private static final int HELD = 4;

	private static final int UNOPENED = 8;

	private static final int FULL = 16;

	private static final int OPEN_SIGNAL = 1;

	private static final int RETRY = 2;

	private static final int CLOSE = 4;

	private static final int MOST_AT_ONCE = 64;

	private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

	private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(1);

	private final ServerSocketChannel socket;

	private final AcceptHandler handler;

	private final Registration registration;

	private final CompletableFuture<Void> closed = new CompletableFuture<>();

	private volatile boolean closing;

	private int blocks = UNOPENED;

	private long pause;

	/**
	 * Creates an acceptor; it accepts nothing until it is opened.
	 * @param loop its event loop
	 * @param socket the bound socket, not blocking
	 * @param handler what becomes of accepted sockets
	 */
	public Acceptor(EventLoop loop, ServerSocketChannel socket, AcceptHandler handler) {
		this.socket = socket;
		this.handler = handler;
		this.registration = new Registration(loop, this);
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
	public void ready(int operations, Runner runner) {
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
				recovered();
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
	public void signalled(int signals, Runner runner) {
		if ((signals & OPEN_SIGNAL) != 0 && !this.closing) {
			try {
				this.registration.register(this.socket, 0);
				unblock(UNOPENED);
			}
			catch (IOException ex) {
				this.handler.acceptFailed(ex);
			}
		}
		if ((signals & RETRY) != 0) {
			unblock(BACKING_OFF);
		}
		if ((signals & CLOSE) != 0) {
			try {
				this.socket.close();
				this.registration.loop().selector().selectNow((key) -> {
				});
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

	private void recovered() {
		if (this.pause > 0) {
			this.pause = 0;
			this.handler.acceptRecovered();
		}
	}

	private void backOff(IOException cause) {
		boolean first = this.pause == 0;
		this.pause = first ? FIRST_PAUSE : Math.min(this.pause * 2, LONGEST_PAUSE);
		block(BACKING_OFF);
		this.registration.loop().schedule(this.pause, this.registration, RETRY);
		if (first) {
			this.handler.acceptFailed(cause);
		}
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
