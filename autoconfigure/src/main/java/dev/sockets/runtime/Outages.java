package dev.sockets.runtime;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import dev.sockets.EventKind;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.EndpointFailedEvent;

/**
 * What keeps a running receiver or sender from its work for now. An event tells of the
 * beginning and the end of each trouble.
 */
public final class Outages {

	/** The trouble of a missing network interface. */
	public static final Object INTERFACE = "interface";

	private static final Log logger = LogFactory.getLog(Outages.class);

	private final EndpointEvents events;

	private final Map<Object, SocketOperationException> all = new ConcurrentHashMap<>();

	public Outages(EndpointEvents events) {
		this.events = events;
	}

	public boolean any() {
		return !this.all.isEmpty();
	}

	/**
	 * A trouble begins, or goes on.
	 * @param about what has it
	 * @param code what kind of trouble it is
	 * @param problem what is wrong
	 * @param cause what led to it
	 */
	public void begin(Object about, SocketErrorCode code, String problem, @Nullable Throwable cause) {
		SocketOperationException trouble = new SocketOperationException(code, problem, cause);
		if (this.all.putIfAbsent(about, trouble) == null) {
			this.events.failed(code, trouble);
			logger.warn("'" + this.events.endpoint().getName() + "': " + problem);
			publish(trouble, false);
		}
	}

	/**
	 * A trouble, if there was one, is over.
	 * @param about what had it
	 */
	public void end(Object about) {
		SocketOperationException trouble = this.all.remove(about);
		if (trouble != null) {
			logger.info("'" + this.events.endpoint().getName() + "': this is over: " + trouble.getMessage());
			publish(trouble, true);
		}
	}

	/** Forgets them all, as the endpoint stops. */
	public void clear() {
		this.all.clear();
	}

	private void publish(SocketOperationException trouble, boolean recovered) {
		this.events.publish(EventKind.FAILED,
				() -> new EndpointFailedEvent(this.events.endpoint(), trouble.getCode(), trouble, recovered));
	}

}
