package dev.sockets.loop.tls;

import java.io.IOException;
import java.util.concurrent.Executor;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;

import dev.sockets.loop.Registration;
import dev.sockets.loop.stream.Transport;

/**
 * The handshake of one connection. Belongs to the reading thread, but for what takes
 * long: the endpoint's threads do that, and the event loop goes on with others meanwhile.
 */
final class TlsHandshake {

	/** What an engine takes while it shakes hands, more or less. */
	private static final int MEMORY = 32 * 1024;

	private final TlsSetup setup;

	private final TlsInput input;

	private final TlsOutput output;

	private final HeldBytes held;

	private @Nullable Registration registration;

	private @Nullable SSLEngine engine;

	/** The time by which it has to be over; 0 while it has not begun. */
	private volatile long deadline;

	private volatile boolean busy;

	private volatile boolean done;

	private volatile @Nullable Throwable failure;

	TlsHandshake(TlsSetup setup, TlsInput input, TlsOutput output, HeldBytes held) {
		this.setup = setup;
		this.input = input;
		this.output = output;
		this.held = held;
	}

	void register(Registration registration) {
		this.registration = registration;
	}

	/**
	 * Returns the engine.
	 * @return the engine; {@code null} before the peer has said whom it asks for
	 */
	@Nullable SSLEngine engine() {
		return this.engine;
	}

	boolean isDone() {
		return this.done;
	}

	/**
	 * Returns whether what takes long is being done.
	 * @return whether it goes on by itself, not by what the peer sends
	 */
	boolean isBusy() {
		return this.busy;
	}

	/**
	 * Some time has passed. Open to all threads.
	 * @param now the time, as {@code EventLoop.nanos()}
	 * @throws TlsHandshakeException when it takes too long
	 */
	void tick(long now) throws TlsHandshakeException {
		long deadline = this.deadline;
		if (deadline != 0 && !this.done && now - deadline >= 0) {
			throw new TlsHandshakeException(TlsHandshakeException.Reason.LATE);
		}
	}

	/**
	 * Goes on as far as is possible now.
	 * @return whether it is over
	 * @throws IOException when it has failed; the peer was told why, if that is possible
	 */
	boolean goOn() throws IOException {
		if (this.done) {
			return true;
		}
		if (this.deadline == 0) {
			this.deadline = deadline();
		}
		if (this.busy) {
			return false;
		}
		TlsBuffers buffers = TlsBuffers.take();
		try {
			return shakeHands(buffers);
		}
		finally {
			buffers.giveBack();
		}
	}

	private long deadline() {
		Registration registration = this.registration;
		if (registration == null) {
			throw new IllegalStateException("No event loop serves the connection");
		}
		long deadline = registration.loop().nanos() + this.setup.handshakeNanos();
		return (deadline != 0) ? deadline : 1;
	}

	private boolean shakeHands(TlsBuffers buffers) throws IOException {
		rethrow();
		SSLEngine engine = this.engine;
		if (engine == null) {
			engine = begin(buffers);
			if (engine == null) {
				return false;
			}
		}
		while (this.output.flush()) {
			switch (engine.getHandshakeStatus()) {
				case NEED_TASK -> {
					delegate(engine);
					return false;
				}
				case NEED_WRAP -> this.output.sendOwn(engine, buffers);
				case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
					if (!this.input.shakeHands(engine, buffers)) {
						return false;
					}
				}
				case FINISHED, NOT_HANDSHAKING -> {
					this.done = true;
					this.held.add(-MEMORY);
					return true;
				}
			}
		}
		return false;
	}

	private void rethrow() throws SSLException {
		Throwable failure = this.failure;
		if (failure != null) {
			throw new SSLException("The handshake could not go on", failure);
		}
	}

	private @Nullable SSLEngine begin(TlsBuffers buffers) throws IOException {
		String name = null;
		if (this.setup.byName()) {
			if (!this.input.peek(buffers)) {
				return null;
			}
			name = ClientHello.serverName(buffers.input);
		}
		SSLEngine engine = this.setup.engines().engine(name);
		this.engine = engine;
		this.output.begin(engine);
		this.held.add(MEMORY);
		engine.beginHandshake();
		return engine;
	}

	private void delegate(SSLEngine engine) {
		Executor tasks = this.setup.tasks();
		this.busy = true;
		try {
			tasks.execute(() -> runTasks(engine));
		}
		catch (RuntimeException ex) {
			this.busy = false;
			throw ex;
		}
	}

	private void runTasks(SSLEngine engine) {
		try {
			Runnable task;
			while ((task = engine.getDelegatedTask()) != null) {
				task.run();
			}
		}
		catch (Throwable ex) {
			this.failure = ex;
		}
		finally {
			this.busy = false;
			Registration registration = this.registration;
			if (registration != null) {
				registration.signal(Transport.READ_AGAIN);
			}
		}
	}

}
