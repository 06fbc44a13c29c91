package dev.sockets.runtime;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import dev.sockets.EventKind;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.EndpointFailedEvent;

/**
 * What keeps a running server, receiver or sender from its work for now. An event tells
 * of the beginning and the end of each outage, on another thread.
 */
public final class Outages {

	/** A network interface is missing. */
	public static final Object INTERFACE = "interface";

	private static final SafeLog logger = SafeLog.of(Outages.class);

	private final EndpointEvents events;

	private final Map<Object, SocketOperationException> all = new ConcurrentHashMap<>();

	public Outages(EndpointEvents events) {
		this.events = events;
	}

	public boolean any() {
		return !this.all.isEmpty();
	}

	/**
	 * An outage begins, or goes on.
	 * @param about what it keeps from working
	 * @param code what kind of outage it is
	 * @param problem what is wrong
	 * @param cause what led to it
	 */
	public void begin(Object about, SocketErrorCode code, String problem, @Nullable Throwable cause) {
		if (!this.all.containsKey(about) && begins(about, new SocketOperationException(code, problem, cause))) {
			this.events.log()
				.warn(logger, "outage " + code, () -> "'" + this.events.endpoint().getName() + "': " + problem, null);
		}
	}

	/**
	 * Who sees an outage finds its failure, and nobody is told of its end first: it may
	 * be over at once, on another thread.
	 */
	private synchronized boolean begins(Object about, SocketOperationException outage) {
		if (this.all.containsKey(about)) {
			return false;
		}
		this.events.failed(outage.getCode(), outage);
		this.all.put(about, outage);
		publish(outage, false);
		return true;
	}

	/**
	 * An outage, if there was one, is over.
	 * @param about what it kept from working
	 */
	public void end(Object about) {
		SocketOperationException outage = this.all.containsKey(about) ? ends(about) : null;
		if (outage != null) {
			this.events.log()
				.info(logger, "outage " + outage.getCode(),
						() -> "'" + this.events.endpoint().getName() + "': this is over: " + outage.getMessage());
		}
	}

	private synchronized @Nullable SocketOperationException ends(Object about) {
		SocketOperationException outage = this.all.remove(about);
		if (outage != null) {
			publish(outage, true);
		}
		return outage;
	}

	/** Forgets them all, as the endpoint stops. */
	public void clear() {
		this.all.clear();
	}

	private void publish(SocketOperationException outage, boolean recovered) {
		this.events.tell(EventKind.FAILED,
				() -> new EndpointFailedEvent(this.events.endpoint(), outage.getCode(), outage, recovered));
	}

}
