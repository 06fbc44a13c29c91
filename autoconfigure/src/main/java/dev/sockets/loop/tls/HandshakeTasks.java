package dev.sockets.loop.tls;

import java.util.concurrent.Executor;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;

import dev.sockets.loop.Registration;
import dev.sockets.loop.stream.Transport;

/**
 * What takes long in the handshake of one connection: the endpoint's threads do that, and
 * the event loop goes on with others meanwhile.
 */
final class HandshakeTasks {

	private final Executor executor;

	private volatile boolean busy;

	private volatile @Nullable Throwable failure;

	HandshakeTasks(Executor executor) {
		this.executor = executor;
	}

	/**
	 * Returns whether they are being done. Open to all threads.
	 * @return whether the handshake goes on by itself, not by what the peer sends
	 */
	boolean isBusy() {
		return this.busy;
	}

	/**
	 * Throws what one of them has thrown, if one has.
	 * @throws SSLException for that
	 */
	void rethrow() throws SSLException {
		Throwable failure = this.failure;
		if (failure != null) {
			throw new SSLException("The handshake could not go on", failure);
		}
	}

	/**
	 * Has them done.
	 * @param engine whose tasks
	 * @param registration told when the handshake can go on
	 */
	void begin(SSLEngine engine, Registration registration) {
		this.busy = true;
		try {
			this.executor.execute(() -> run(engine, registration));
		}
		catch (RuntimeException ex) {
			this.busy = false;
			throw ex;
		}
	}

	private void run(SSLEngine engine, Registration registration) {
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
			registration.signal(Transport.READ_AGAIN);
		}
	}

}
