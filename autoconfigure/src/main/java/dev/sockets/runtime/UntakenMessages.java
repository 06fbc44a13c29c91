package dev.sockets.runtime;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketEndpoint;
import dev.sockets.event.MessageReceivedEvent;

/**
 * Tells once in each run of an endpoint that it has received what nobody takes, and what
 * would take it. While somebody takes all this costs one comparison for each message that
 * only listeners get, and nothing for others. Throws nothing; usable from any thread.
 */
final class UntakenMessages {

	private static final SafeLog logger = SafeLog.of(UntakenMessages.class);

	private static final int MOST_CLASSES = 100;

	private final EventTakers takers;

	private final boolean publishes;

	private final AtomicBoolean done = new AtomicBoolean();

	private final AtomicBoolean toldOfConditions = new AtomicBoolean();

	/** Payloads of which classes are known to be taken, or may be. */
	private final Set<Class<?>> taken = ConcurrentHashMap.newKeySet();

	/** The one that came last. A race only has somebody look again. */
	private @Nullable Class<?> last;

	/**
	 * Creates the watch over an endpoint's messages.
	 * @param takers knows who listens
	 * @param publishes whether the endpoint publishes received messages as events
	 */
	UntakenMessages(EventTakers takers, boolean publishes) {
		this.takers = takers;
		this.publishes = publishes;
	}

	/** What is wrong may be told again, as the endpoint has stopped. */
	void stopped() {
		this.done.set(false);
		this.toldOfConditions.set(false);
		this.taken.clear();
		this.last = null;
	}

	/**
	 * Returns whether there is nothing more to tell in this run.
	 * @return whether it was told, or never has to be
	 */
	boolean isDone() {
		return this.done.get();
	}

	/**
	 * A message was published that no handler has taken.
	 * @param event tells of it
	 */
	void published(MessageReceivedEvent<?> event) {
		Class<?> type = event.getPayload().getClass();
		if (type != this.last && !isDone()) {
			if (this.taken.contains(type)) {
				this.last = type;
			}
			else {
				look(type, event);
			}
		}
	}

	/**
	 * A message was not even published, and no handler has taken it.
	 * @param event would tell of it
	 */
	void unpublished(MessageReceivedEvent<?> event) {
		try {
			tell(event, EventTakers.Answer.NONE);
		}
		catch (Throwable ex) {
			this.done.set(true);
		}
	}

	private void look(Class<?> type, MessageReceivedEvent<?> event) {
		try {
			EventTakers.Answer answer = this.takers.of(event);
			if (answer == EventTakers.Answer.UNMET_CONDITIONS) {
				tellOfConditions(event);
			}
			else if (!answer.mayBeTaken()) {
				tell(event, answer);
				return;
			}
			if (this.taken.size() < MOST_CLASSES) {
				this.taken.add(type);
			}
			else {
				this.done.set(true);
			}
		}
		catch (Throwable ex) {
			this.done.set(true);
		}
	}

	/** That may be meant, and others of the class may meet them. */
	private void tellOfConditions(MessageReceivedEvent<?> event) {
		if (this.toldOfConditions.compareAndSet(false, true)) {
			logger.info("'" + event.getEndpoint()
					+ "' has received a message that nothing handles: its listeners have conditions that the message "
					+ "does not meet. This is told once until the endpoint starts again");
		}
	}

	private void tell(MessageReceivedEvent<?> event, EventTakers.Answer answer) {
		if (this.done.compareAndSet(false, true)) {
			SocketEndpoint endpoint = event.getSource();
			String type = event.getResolvableType().getGeneric().toString();
			String path = endpoint.status().kind().path(endpoint.getName());
			String listener = "a method with @SocketListener(\"" + endpoint.getName() + "\")";
			logger
				.warn("'" + endpoint.getName() + "' has received a message that nothing handles, of type " + type + ": "
						+ remedy(answer, type, path, listener) + ". This is told once until the endpoint starts again");
		}
	}

	private String remedy(EventTakers.Answer answer, String type, String path, String listener) {
		if (!this.publishes) {
			return listener + " takes it; listeners don't hear of it, as " + path + ".events leaves out 'received'";
		}
		return switch (answer) {
			case OTHER_PAYLOADS -> "its listeners take other payloads; have one take " + type + ", or set " + path
					+ ".codec to what makes the payload that they take";
			case IN_TRANSACTIONS -> "its listeners run only in a transaction, and a message comes in none; " + listener
					+ " takes it, or a listener with fallbackExecution = true";
			default -> listener + " takes it, or one with @EventListener and a MessageReceivedEvent<" + type + ">";
		};
	}

}
