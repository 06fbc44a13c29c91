package dev.sockets.runtime.tcp;

import org.jspecify.annotations.Nullable;

import dev.sockets.runtime.EndpointEvents;
import dev.sockets.runtime.SafeLog;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.MessageObserver;

/**
 * Keeps what an observer throws from the messages that it observes: they go on as if
 * nobody observed them, and it is logged at a rate. Open to all threads.
 *
 * @param observer the application's
 * @param events has the log of the endpoint
 */
record GuardedObserver(MessageObserver observer, EndpointEvents events) implements MessageObserver {

	private static final SafeLog logger = SafeLog.of(MessageObserver.class);

	private static final String KIND = "failures of the observer";

	/**
	 * Guards an observer.
	 * @param observer the observer
	 * @param events has the log of the endpoint
	 * @return the same when there is nothing to guard
	 */
	static MessageObserver of(MessageObserver observer, EndpointEvents events) {
		return (observer != NONE) ? new GuardedObserver(observer, events) : NONE;
	}

	@Override
	public Observed receiving(Connection connection, Object payload) {
		try {
			return guarded(this.observer.receiving(connection, payload));
		}
		catch (Throwable ex) {
			return failed(ex);
		}
	}

	@Override
	public Observed serving(Connection connection, Object payload) {
		try {
			return guarded(this.observer.serving(connection, payload));
		}
		catch (Throwable ex) {
			return failed(ex);
		}
	}

	@Override
	public Observed sending(Connection connection, Object payload) {
		try {
			return guarded(this.observer.sending(connection, payload));
		}
		catch (Throwable ex) {
			return failed(ex);
		}
	}

	@Override
	public Observed requesting(Connection connection, Object payload) {
		try {
			return guarded(this.observer.requesting(connection, payload));
		}
		catch (Throwable ex) {
			return failed(ex);
		}
	}

	/** An application may return null, whatever the interface says. */
	private Observed guarded(@Nullable Observed observed) {
		return (observed != null && observed != Observed.NOT) ? new GuardedEnd(this, observed) : Observed.NOT;
	}

	private Observed failed(Throwable failure) {
		this.events.log()
			.error(logger, KIND, () -> "The observer of the messages of '" + this.events.endpoint().getName()
					+ "' has failed, and they go on without it", failure);
		return Observed.NOT;
	}

	private record GuardedEnd(GuardedObserver observer, Observed observed) implements Observed {

		@Override
		public void ended(@Nullable Throwable failure) {
			try {
				this.observed.ended(failure);
			}
			catch (Throwable ex) {
				this.observer.failed(ex);
			}
		}

	}

}
