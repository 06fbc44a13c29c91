package dev.sockets.runtime;

import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

import dev.sockets.CommonSettings;
import dev.sockets.EndpointKind;
import dev.sockets.EndpointStartException;
import dev.sockets.EndpointState;
import dev.sockets.EventKind;
import dev.sockets.event.EndpointFailedEvent;
import dev.sockets.event.EndpointStartedEvent;
import dev.sockets.event.EndpointStoppedEvent;

/**
 * What an endpoint of any kind has: its settings, its events and its life. A
 * {@link RuntimeEndpoint} answers from it what all kinds are asked.
 *
 * @param name its name
 * @param kind its kind
 * @param settings what every endpoint needs to know
 * @param events publishes what happens on it
 * @param lifecycle starts and stops it
 */
public record EndpointCore(String name, EndpointKind kind, CommonSettings settings, EndpointEvents events,
		Lifecycle lifecycle) {

	/**
	 * Returns when the endpoint starts with the application.
	 * @return its phase
	 */
	int phase() {
		return switch (this.kind) {
			case TCP_SERVER, MULTICAST_RECEIVER, UDP_RECEIVER -> Phases.SERVERS;
			case TCP_CLIENT, MULTICAST_SENDER, UDP_SENDER -> Phases.CLIENTS;
		};
	}

	/**
	 * Returns what the endpoint is doing.
	 * @param running what it is doing if it runs
	 * @return its state
	 */
	public EndpointState state(EndpointState running) {
		if (this.lifecycle.isRunning()) {
			return running;
		}
		return this.lifecycle.isStopping() ? EndpointState.STOPPING : EndpointState.STOPPED;
	}

	/**
	 * Tells that the endpoint could not start.
	 * @param failure why
	 * @return the same
	 */
	public EndpointStartException startFailed(EndpointStartException failure) {
		this.events.failed(failure.getCode(), failure);
		this.events.announce(EventKind.FAILED,
				() -> new EndpointFailedEvent(this.events.endpoint(), failure.getCode(), failure, false));
		return failure;
	}

	/**
	 * Tells that the endpoint has started.
	 * @param address where it listens, or sends to
	 */
	public void started(@Nullable InetSocketAddress address) {
		this.events.announce(EventKind.STARTED, () -> new EndpointStartedEvent(this.events.endpoint(), address));
		this.events.running(true);
	}

	/** Lets nobody wait for room in the inbox any more, as the endpoint stops. */
	public void stopping() {
		this.events.running(false);
	}

	/**
	 * Tells that the endpoint has stopped.
	 * @param address where it listened, or sent to
	 */
	public void stopped(@Nullable InetSocketAddress address) {
		this.events.announce(EventKind.STOPPED, () -> new EndpointStoppedEvent(this.events.endpoint(), address));
		this.events.stopped();
	}

	/** Returns what it is called in messages. */
	@Override
	public String toString() {
		String kind = switch (this.kind) {
			case TCP_SERVER -> "TCP server";
			case TCP_CLIENT -> "TCP client";
			case MULTICAST_RECEIVER -> "Multicast receiver";
			case MULTICAST_SENDER -> "Multicast sender";
			case UDP_RECEIVER -> "UDP receiver";
			case UDP_SENDER -> "UDP sender";
		};
		return kind + " '" + this.name + "'";
	}

}
