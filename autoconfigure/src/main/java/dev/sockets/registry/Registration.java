package dev.sockets.registry;

import java.util.concurrent.atomic.AtomicBoolean;

import dev.sockets.SocketEndpoint;

/**
 * A registered endpoint, until it has stopped for good.
 */
final class Registration {

	private final SocketEndpoint endpoint;

	private final RegisteredEndpoints group;

	private final AtomicBoolean removed = new AtomicBoolean();

	/** Whether it ran when the application stopped. */
	private volatile boolean resumes;

	Registration(SocketEndpoint endpoint, RegisteredEndpoints group) {
		this.endpoint = endpoint;
		this.group = group;
	}

	SocketEndpoint endpoint() {
		return this.endpoint;
	}

	RegisteredEndpoints group() {
		return this.group;
	}

	boolean remove() {
		return this.removed.compareAndSet(false, true);
	}

	boolean isRemoved() {
		return this.removed.get();
	}

	void startWithApplication() {
		if (!isRemoved() && (this.resumes || this.endpoint.isAutoStartup())) {
			this.endpoint.start();
		}
	}

	void stopWithApplication(Runnable callback) {
		this.resumes = this.endpoint.isRunning();
		this.endpoint.stop(callback);
	}

}
