package dev.sockets.loop.tls;

import java.io.IOException;

import javax.net.ssl.SSLEngine;

import org.jspecify.annotations.Nullable;

import dev.sockets.loop.Registration;

/**
 * The handshake of one connection. Belongs to the reading thread.
 */
final class TlsHandshake {

	/** What an engine takes while it shakes hands, more or less. */
	private static final int MEMORY = 32 * 1024;

	private final TlsSetup setup;

	private final HandshakeInput input;

	private final TlsOutput output;

	private final HeldBytes held;

	private final HandshakeTasks tasks;

	private final HandshakeDeadline deadline;

	private @Nullable Registration registration;

	private @Nullable SSLEngine engine;

	TlsHandshake(TlsSetup setup, RecordInput records, TlsOutput output, HeldBytes held) {
		this.setup = setup;
		this.input = new HandshakeInput(records);
		this.output = output;
		this.held = held;
		this.tasks = new HandshakeTasks(setup.tasks());
		this.deadline = new HandshakeDeadline(setup.handshakeNanos());
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

	/**
	 * Returns whether what takes long is being done.
	 * @return whether it goes on by itself, not by what the peer sends
	 */
	boolean isBusy() {
		return this.tasks.isBusy();
	}

	/**
	 * Some time has passed. Open to all threads.
	 * @param now the time, as {@code EventLoop.nanos()}
	 * @throws TlsHandshakeException when it takes too long
	 */
	void tick(long now) throws TlsHandshakeException {
		if (this.deadline.isOver(now)) {
			throw new TlsHandshakeException(TlsHandshakeException.Reason.LATE);
		}
	}

	/**
	 * Goes on as far as is possible now. Not to be called again when it is over.
	 * @return whether it is over
	 * @throws IOException when it has failed; the peer was told why, if that is possible
	 */
	boolean goOn() throws IOException {
		Registration registration = registration();
		if (!this.deadline.hasBegun()) {
			this.deadline.begin(registration.loop().nanos());
		}
		if (this.tasks.isBusy()) {
			return false;
		}
		TlsBuffers buffers = TlsBuffers.take();
		try {
			return shakeHands(buffers, registration);
		}
		finally {
			buffers.giveBack();
		}
	}

	private Registration registration() {
		Registration registration = this.registration;
		if (registration == null) {
			throw new IllegalStateException("No event loop serves the connection");
		}
		return registration;
	}

	private boolean shakeHands(TlsBuffers buffers, Registration registration) throws IOException {
		this.tasks.rethrow();
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
					this.tasks.begin(engine, registration);
					return false;
				}
				case NEED_WRAP -> this.output.sendOwn(engine, buffers);
				case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
					if (!this.input.decrypt(engine, buffers)) {
						return false;
					}
				}
				case FINISHED, NOT_HANDSHAKING -> {
					this.held.add(-MEMORY);
					return true;
				}
			}
		}
		return false;
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

}
