package dev.sockets.runtime;

import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;

import dev.sockets.CommonSettings;
import dev.sockets.EventKind;
import dev.sockets.FailureText;
import dev.sockets.MessagePeer;
import dev.sockets.SocketEndpoint;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.MessageErrorEvent;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.event.MessageSentEvent;
import dev.sockets.event.SendFailedEvent;
import dev.sockets.event.SocketEvent;

/**
 * Publishes the events of one endpoint: those that its configuration wants and anybody
 * listens to. Keeps them in its inbox too, when it has one.
 */
public final class EndpointEvents {

	/** Of all that belong to a server, when it stops. */
	private static final int MOST_MEMBERS = 64 * 1024;

	/** Memory that the causes of a failure take, more or less. */
	private static final long FAILURE_BYTES = 4096;

	private static final SafeLog logger = SafeLog.of(EndpointEvents.class);

	private final SocketEndpoint endpoint;

	private final Set<EventKind> kinds;

	private final boolean logsErrors;

	private final EventInbox inbox;

	private final ApplicationContext context;

	private final EventInterest interest;

	private final EventInterest.Kind received;

	private final boolean tellsEnds;

	/** How sends end. */
	private final EventInterest.Kind ends;

	private final Clock clock;

	private final Failures failures = new Failures();

	private final PeerLog log;

	private final UntakenMessages untaken;

	private final EventQueue queue;

	/** Apart from the others, whose listeners may be late for good. */
	private final EventQueue lifeQueue;

	private final EventQueue memberQueue;

	/**
	 * Creates the events of an endpoint.
	 * @param endpoint the endpoint
	 * @param settings those of the endpoint
	 * @param inbox keeps them too; {@code null} for none
	 * @param mayWait whether the calling thread may wait for room in the inbox
	 * @param context where they are published
	 * @param interest knows who listens there
	 * @param clock tells the time stamps of received messages
	 */
	public EndpointEvents(SocketEndpoint endpoint, CommonSettings settings, @Nullable BoundedInbox inbox,
			BooleanSupplier mayWait, ApplicationContext context, EventInterest interest, Clock clock) {
		this.endpoint = endpoint;
		this.kinds = settings.events();
		this.logsErrors = settings.logErrors();
		this.inbox = new EventInbox(inbox, mayWait);
		this.context = context;
		this.interest = interest;
		this.received = interest.of(MessageReceivedEvent.class);
		Set<Class<? extends SocketEvent>> ends = ends(this.kinds);
		this.tellsEnds = !ends.isEmpty();
		this.ends = interest.anyOf(ends);
		this.clock = clock;
		this.log = new PeerLog(endpoint);
		this.untaken = new UntakenMessages(new EventTakers(context), this.kinds.contains(EventKind.RECEIVED));
		this.queue = new EventQueue(endpoint::getName);
		this.lifeQueue = new EventQueue(endpoint::getName);
		this.memberQueue = new EventQueue(endpoint::getName, MOST_MEMBERS);
	}

	private static Set<Class<? extends SocketEvent>> ends(Set<EventKind> kinds) {
		Set<Class<? extends SocketEvent>> ends = new HashSet<>();
		if (kinds.contains(EventKind.SENT)) {
			ends.add(MessageSentEvent.class);
		}
		if (kinds.contains(EventKind.SEND_FAILED)) {
			ends.add(SendFailedEvent.class);
		}
		return ends;
	}

	/**
	 * Returns the endpoint.
	 * @return the source of the events
	 */
	public SocketEndpoint endpoint() {
		return this.endpoint;
	}

	/**
	 * Returns what went wrong on the endpoint.
	 * @return the newest failures, always the same object
	 */
	public Failures failures() {
		return this.failures;
	}

	/**
	 * Returns the log of what peers can cause on the endpoint.
	 * @return always the same object
	 */
	public PeerLog log() {
		return this.log;
	}

	/**
	 * Returns the inbox.
	 * @return the inbox
	 * @throws IllegalStateException when there is none
	 */
	public BoundedInbox inbox() {
		return this.inbox.require(this.endpoint.getName());
	}

	/**
	 * Returns how many events wait in the inbox.
	 * @return the number; {@code null} without an inbox
	 */
	public @Nullable Integer inboxSize() {
		return this.inbox.size();
	}

	/**
	 * The endpoint starts or stops: says whether an event may wait for room in the inbox.
	 * @param running whether it runs
	 */
	public void running(boolean running) {
		this.inbox.running(running);
	}

	/** The endpoint has stopped: what is told once in a run may be told again. */
	void stopped() {
		this.log.flush();
		this.untaken.stopped();
	}

	/**
	 * Publishes an event on another thread, in order with all others of this way, as
	 * nobody can wait here for its listeners. When too many wait it is only counted.
	 * @param kind its kind
	 * @param event makes the event, at once
	 */
	public void tell(EventKind kind, Supplier<? extends SocketEvent> event) {
		Runnable news = news(kind, event);
		if (news != null) {
			this.queue.tell(news);
		}
	}

	/**
	 * As {@link #tell(EventKind, Supplier)}, for what happens to many at a time.
	 * @param kind its kind
	 * @param event makes the event, at once
	 */
	public void tellOfMany(EventKind kind, Supplier<? extends SocketEvent> event) {
		Runnable news = news(kind, event);
		if (news != null) {
			this.memberQueue.tell(news);
		}
	}

	/**
	 * Publishes an event on another thread, and does something then; listeners that are
	 * late hold that up only for a second.
	 * @param kind its kind
	 * @param event makes the event, at once
	 * @param then what to do then, on any thread
	 */
	public void tell(EventKind kind, Supplier<? extends SocketEvent> event, Runnable then) {
		Runnable news = news(kind, event);
		if (news != null) {
			this.queue.tell(news, then);
		}
		else {
			then.run();
		}
	}

	/**
	 * Publishes an event of the endpoint's own life on another thread and waits for its
	 * listeners, but for late ones only for a second: the endpoint starts and stops
	 * without them.
	 * @param kind its kind
	 * @param event makes the event, at once
	 */
	public void announce(EventKind kind, Supplier<? extends SocketEvent> event) {
		Runnable news = news(kind, event);
		if (news != null) {
			CompletableFuture<Void> told = new CompletableFuture<>();
			this.lifeQueue.tell(news, () -> told.complete(null));
			told.join();
		}
	}

	private @Nullable Runnable news(EventKind kind, Supplier<? extends SocketEvent> maker) {
		try {
			SocketEvent event = this.kinds.contains(kind) ? maker.get() : null;
			return (event != null && isWanted(kind, this.interest.of(event.getClass())))
					? () -> publish(kind, () -> event) : null;
		}
		catch (Throwable ex) {
			logger.error("A " + kind + " event of '" + this.endpoint.getName() + "' could not be made", ex);
			return null;
		}
	}

	/**
	 * Waits for what is told on another thread, but for late listeners only for a second.
	 * @return completed when it was told
	 */
	public CompletableFuture<Void> whenTold() {
		return this.queue.whenTold().thenCompose((nothing) -> this.memberQueue.whenTold());
	}

	/**
	 * Returns how many events were only counted, as listeners were late.
	 * @return the number so far
	 */
	public long dropped() {
		return this.queue.dropped() + this.lifeQueue.dropped() + this.memberQueue.dropped();
	}

	/**
	 * Publishes an event that is rare; what its listeners throw is logged.
	 * @param kind its kind
	 * @param event makes the event
	 */
	public void publish(EventKind kind, Supplier<? extends SocketEvent> event) {
		publish(kind, event, 0);
	}

	private void publish(EventKind kind, Supplier<? extends SocketEvent> event, long bytes) {
		if (this.kinds.contains(kind)) {
			try {
				publishWanted(kind, event.get(), bytes);
			}
			catch (Throwable ex) {
				this.log.error(logger, kind,
						() -> "A listener of '" + this.endpoint.getName() + "' failed on its " + kind + " event", ex);
			}
		}
	}

	/**
	 * Publishes that a message was received.
	 * @param peer whom it came from
	 * @param payload its payload
	 * @param bytes how many bytes count for it; told where there is an inbox
	 * @param taken whether a handler has taken it
	 * @throws RuntimeException what a listener throws
	 */
	public void received(MessagePeer peer, Object payload, long bytes, boolean taken) {
		if (isWanted(EventKind.RECEIVED, this.received)) {
			MessageReceivedEvent<?> event = new MessageReceivedEvent<>(this.endpoint, peer, payload, this.clock);
			this.inbox.keep(EventKind.RECEIVED, event, bytes);
			this.context.publishEvent(event);
			if (!taken && !this.inbox.isThere()) {
				this.untaken.published(event);
			}
		}
		else if (!taken && !this.untaken.isDone()) {
			this.untaken.unpublished(new MessageReceivedEvent<>(this.endpoint, peer, payload, this.clock));
		}
	}

	/**
	 * Returns whether received messages are kept for those who poll them.
	 * @return whether there is an inbox
	 */
	public boolean hasInbox() {
		return this.inbox.isThere();
	}

	/**
	 * Returns whether anybody wants to know how each send ends.
	 * @return whether somebody listens
	 */
	public boolean observesSends() {
		return this.tellsEnds && (this.inbox.isThere() || this.ends.isListenedTo());
	}

	/**
	 * Publishes that a message was sent.
	 * @param peer whom it was sent to
	 * @param payload its payload
	 */
	public void sent(MessagePeer peer, Object payload) {
		publish(EventKind.SENT, () -> new MessageSentEvent<>(this.endpoint, peer, payload));
	}

	/**
	 * Publishes that a message was not sent.
	 * @param peer whom it was for
	 * @param payload its payload
	 * @param cause why it was not sent
	 */
	public void sendFailed(MessagePeer peer, Object payload, SocketOperationException cause) {
		publish(EventKind.SEND_FAILED, () -> new SendFailedEvent<>(this.endpoint, peer, payload, cause));
	}

	/**
	 * Keeps and publishes that a received message could not be decoded or handled. Logs
	 * it when nobody listens; and in any case what a handler has thrown, unless that is
	 * switched off, and when no message was found, as that is most likely a matter of the
	 * configuration.
	 * @param peer whom it came from
	 * @param cause what is wrong
	 * @param message what is known of it
	 */
	public void messageFailed(MessagePeer peer, SocketOperationException cause, FailedMessage message) {
		failed(cause.getCode(), cause);
		boolean wanted = isErrorWanted();
		if (!wanted || isLoggedAnyway(cause.getCode())) {
			Supplier<String> line = () -> peer + ": " + FailureText.message(cause);
			if (cause.getCode() == SocketErrorCode.HANDLER_FAILED) {
				this.log.warn(logger, cause.getCode(), line, cause.getCause());
			}
			else {
				this.log.fault(logger, cause.getCode(), line, cause.getCause());
			}
		}
		if (wanted) {
			publish(EventKind.ERROR, () -> new MessageErrorEvent(this.endpoint, peer, cause, message.payload(),
					message.firstBytes().get()), message.size());
		}
	}

	private boolean isLoggedAnyway(SocketErrorCode code) {
		return switch (code) {
			case FRAME_TOO_LARGE, MALFORMED_FRAME, INCOMPLETE_FRAME -> true;
			case HANDLER_FAILED -> this.logsErrors;
			default -> false;
		};
	}

	private boolean isErrorWanted() {
		try {
			return isWanted(EventKind.ERROR, this.interest.of(MessageErrorEvent.class));
		}
		catch (Throwable ex) {
			return false;
		}
	}

	/**
	 * Keeps a failure.
	 * @param code what kind of failure it is
	 * @param cause says what has failed
	 */
	public void failed(SocketErrorCode code, Throwable cause) {
		this.failures.add(code, cause);
	}

	private boolean isWanted(EventKind kind, EventInterest.Kind listeners) {
		return this.kinds.contains(kind) && (this.inbox.isThere() || listeners.isListenedTo());
	}

	private void publishWanted(EventKind kind, SocketEvent event, long bytes) {
		this.inbox.keep(kind, event, bytes + ((event instanceof MessageErrorEvent) ? FAILURE_BYTES : 0));
		this.context.publishEvent(event);
	}

}
