package dev.sockets.event;

import java.time.Duration;

import dev.sockets.EventKind;
import dev.sockets.tcp.TcpServer;

/**
 * This node hears itself again, and with that the others.
 */
public final class BackplaneRecoveredEvent extends BackplaneEvent {

	private static final long serialVersionUID = 1L;

	private final Duration duration;

	private final long framesNotSent;

	/**
	 * Creates an event.
	 * @param source the server
	 * @param duration how long it did not
	 * @param framesNotSent how many frames of this node were not sent meanwhile
	 */
	public BackplaneRecoveredEvent(TcpServer source, Duration duration, long framesNotSent) {
		super(source);
		this.duration = duration;
		this.framesNotSent = framesNotSent;
	}

	/**
	 * Returns how long this node was alone.
	 * @return since {@link BackplaneLostEvent}
	 */
	public Duration getDuration() {
		return this.duration;
	}

	/**
	 * Returns how many frames of this node, of all its servers, were dropped meanwhile.
	 * @return the number; those that wait yet are not counted
	 */
	public long getFramesNotSent() {
		return this.framesNotSent;
	}

	@Override
	public EventKind getKind() {
		return EventKind.BACKPLANE_RECOVERED;
	}

}
