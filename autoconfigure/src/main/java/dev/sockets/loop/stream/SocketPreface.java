package dev.sockets.loop.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

import dev.sockets.loop.EventLoop;
import dev.sockets.loop.LoopRunner;
import dev.sockets.loop.Registration;
import dev.sockets.loop.Selectable;
import dev.sockets.loop.stream.PrefaceHandler.End;

/**
 * Reads the first bytes of an accepted socket on an event loop, before anything else is
 * made of it. Afterwards a {@link StreamChannel} of the same loop can have the socket.
 */
public final class SocketPreface implements Selectable {

	private static final int OPEN = 2;

	private static final int LATE = 4;

	private static final int CLOSE = 8;

	private static final int MOST_AT_ONCE = 1024;

	private final SocketChannel socket;

	private final PrefaceHandler handler;

	private final Registration registration;

	private final long timeout;

	private final long begun;

	private volatile boolean over;

	/**
	 * Creates a preface; nothing is read until it is opened.
	 * @param loop the event loop
	 * @param socket the socket, not blocking
	 * @param timeoutNanos how long it may take
	 * @param handler what becomes of the bytes
	 */
	public SocketPreface(EventLoop loop, SocketChannel socket, long timeoutNanos, PrefaceHandler handler) {
		this.socket = socket;
		this.handler = handler;
		this.registration = new Registration(loop, this);
		this.timeout = timeoutNanos;
		this.begun = loop.nanos();
	}

	/** Begins to read. */
	public void open() {
		this.registration.signal(OPEN);
	}

	/** Ends it, if it has not ended. */
	public void close() {
		this.registration.signal(CLOSE);
	}

	@Override
	public void signalled(int signals, LoopRunner runner) {
		if (this.over) {
			return;
		}
		if ((signals & CLOSE) != 0) {
			end(End.CLOSED, runner);
		}
		else if ((signals & LATE) != 0) {
			end(End.LATE, runner);
		}
		else if ((signals & OPEN) != 0) {
			begin(runner);
		}
	}

	private void begin(LoopRunner runner) {
		try {
			this.registration.register(this.socket, SelectionKey.OP_READ);
		}
		catch (IOException ex) {
			end(End.CLOSED, runner);
		}
	}

	@Override
	public void ready(int operations, LoopRunner runner) {
		if (!this.over) {
			ByteBuffer input = runner.buffers().input.clear().limit(MOST_AT_ONCE);
			int count = read(input);
			if (count < 0) {
				end(End.CLOSED, runner);
			}
			else if (count > 0 && this.handler.received(input.flip())) {
				end(End.COMPLETE, runner);
			}
		}
	}

	private int read(ByteBuffer input) {
		try {
			return this.socket.read(input);
		}
		catch (IOException ex) {
			return -1;
		}
	}

	/** From here on the socket may be another's. */
	private void end(End end, LoopRunner runner) {
		this.over = true;
		this.registration.interestOff(SelectionKey.OP_READ);
		runner.beginHandling();
		try {
			this.handler.ended(end);
		}
		finally {
			runner.endHandling();
		}
	}

	@Override
	public void tick(long now) {
		if (!this.over && now - this.begun >= this.timeout) {
			this.registration.signal(LATE);
		}
	}

	/** Only the end is guarded, by {@link LoopRunner#beginHandling()}. */
	@Override
	public boolean guarded() {
		return false;
	}

}
