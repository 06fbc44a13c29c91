package dev.sockets.loop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import dev.sockets.testkit.LoopPipe;

/**
 * Reads bytes from a pipe, and notes what its loop does with it.
 */
final class PipeReader implements Selectable, AutoCloseable {

	static final int REGISTER = 2;

	final List<Integer> received = new CopyOnWriteArrayList<>();

	final AtomicInteger holds = new AtomicInteger();

	private final LoopPipe pipe;

	final Registration registration;

	volatile Runnable onRead = () -> {
	};

	volatile Runnable onHeld = () -> {
	};

	volatile Runnable onTick = () -> {
	};

	final AtomicInteger ticks = new AtomicInteger();

	volatile boolean atRest;

	volatile int whileHeld;

	volatile long heldBytes;

	final AtomicInteger reliefs = new AtomicInteger();

	PipeReader(EventLoop loop) throws IOException {
		this.pipe = LoopPipe.open(loop);
		this.registration = new Registration(loop, this);
		this.registration.signal(REGISTER);
	}

	void write(int value) throws IOException {
		this.pipe.write(value);
	}

	@Override
	public void ready(int operations, LoopRunner runner) {
		ByteBuffer one = ByteBuffer.allocate(1);
		try {
			if (this.pipe.source().read(one) == 1) {
				this.received.add((int) one.get(0));
				this.onRead.run();
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void signalled(int signals, LoopRunner runner) {
		try {
			this.registration.register(this.pipe.source(), SelectionKey.OP_READ);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void held() {
		if (this.whileHeld == 0) {
			this.registration.interestOff(SelectionKey.OP_READ);
		}
		this.holds.incrementAndGet();
		this.onHeld.run();
	}

	@Override
	public void tick(long now) {
		this.ticks.incrementAndGet();
		this.onTick.run();
	}

	@Override
	public boolean isAtRest(long now) {
		return this.atRest;
	}

	@Override
	public long heldBytes() {
		return this.heldBytes;
	}

	@Override
	public void relieve() {
		this.reliefs.incrementAndGet();
	}

	@Override
	public void released() {
		this.registration.interestOn(SelectionKey.OP_READ);
		this.holds.decrementAndGet();
	}

	@Override
	public int operationsWhileHeld() {
		return this.whileHeld;
	}

	@Override
	public boolean guarded() {
		return true;
	}

	@Override
	public void close() throws IOException {
		this.pipe.close();
	}

}
