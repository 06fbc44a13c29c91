package dev.sockets.runtime.tcp;

import java.util.concurrent.atomic.AtomicReference;

/**
 * How far the handshake of a connection that is held back has come. Each step is made
 * once, by whichever thread is first. Open to all threads.
 */
final class HandshakeProgress {

	private enum State {

		/** Nobody knows yet. */
		UNDER_WAY,

		/** The peer belongs here, and is being told so. */
		ADMITTED,

		/** The application may know of the connection. */
		PASSED,

		FAILED

	}

	private final AtomicReference<State> state = new AtomicReference<>(State.UNDER_WAY);

	boolean isUnderWay() {
		return this.state.get() == State.UNDER_WAY;
	}

	boolean hasPassed() {
		return this.state.get() == State.PASSED;
	}

	boolean hasFailed() {
		return this.state.get() == State.FAILED;
	}

	/** Returns whether the peer belongs here from now on. */
	boolean admit() {
		return this.state.compareAndSet(State.UNDER_WAY, State.ADMITTED);
	}

	boolean isAdmitted() {
		return this.state.get() == State.ADMITTED;
	}

	/** Returns whether the application may know of the connection from now on. */
	boolean pass() {
		return this.state.compareAndSet(State.ADMITTED, State.PASSED);
	}

	/** Returns whether it has failed now, also while the peer is being told otherwise. */
	boolean fail() {
		return failUnlessAdmitted() || this.state.compareAndSet(State.ADMITTED, State.FAILED);
	}

	/** Returns whether it has failed now; it cannot once the peer belongs here. */
	boolean failUnlessAdmitted() {
		return this.state.compareAndSet(State.UNDER_WAY, State.FAILED);
	}

}
