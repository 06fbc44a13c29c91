package dev.sockets.runtime;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ApplicationListenerMethodAdapter;
import org.springframework.context.event.EventListener;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.context.event.GenericApplicationListenerAdapter;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;

import dev.sockets.event.EndpointStartedEvent;
import dev.sockets.event.MessageReceivedEvent;

/**
 * Finds out whether a listener runs for a message that was received. That needs a look at
 * all listeners, so it is for those who ask rarely.
 */
final class EventTakers {

	/** Who listens, what counts more behind what counts less. */
	enum Answer {

		/** There is no listener. */
		NONE,

		/** Listeners are for all events, and may do something with messages or not. */
		WATCHED,

		/** Listeners are for other payloads. */
		OTHER_PAYLOADS,

		/** Listeners have conditions that it does not meet. */
		UNMET_CONDITIONS,

		/** Listeners run only in transactions, and it comes in none. */
		IN_TRANSACTIONS,

		/** A listener runs for it, or may. */
		SOME;

		/** Returns whether nobody can say that it is in vain. */
		boolean mayBeTaken() {
			return this == SOME || this == WATCHED;
		}

	}

	/** One that is no message. */
	private static final ResolvableType OTHER_EVENT = ResolvableType.forClass(EndpointStartedEvent.class);

	private static final ResolvableType ANY_MESSAGE = ResolvableType.forClass(MessageReceivedEvent.class);

	private final ApplicationContext context;

	/**
	 * Looks at listeners.
	 * @param context where events are published
	 */
	EventTakers(ApplicationContext context) {
		this.context = context;
	}

	/**
	 * Returns who takes a message.
	 * @param event tells of it
	 * @return who does
	 */
	Answer of(MessageReceivedEvent<?> event) {
		Answer answer = Answer.NONE;
		ApplicationContext context = this.context;
		while (context != null && answer != Answer.SOME) {
			answer = most(answer,
					(context instanceof AbstractApplicationContext listening) ? of(event, listening) : Answer.SOME);
			context = context.getParent();
		}
		return answer;
	}

	private static Answer of(MessageReceivedEvent<?> event, AbstractApplicationContext context) {
		if (EventInterest.anyPrototype(context, MessageReceivedEvent.class)) {
			return Answer.SOME;
		}
		Answer answer = Answer.NONE;
		for (ApplicationListener<?> listener : context.getApplicationListeners().toArray(ApplicationListener[]::new)) {
			answer = most(answer, of(event, listener));
		}
		return answer;
	}

	private static Answer of(MessageReceivedEvent<?> event, ApplicationListener<?> listener) {
		GenericApplicationListener generic = (listener instanceof GenericApplicationListener known) ? known
				: new GenericApplicationListenerAdapter(listener);
		if (!generic.supportsSourceType(event.getSource().getClass())) {
			return Answer.NONE;
		}
		if (generic.supportsEventType(OTHER_EVENT)) {
			return Answer.WATCHED;
		}
		if (generic.supportsEventType(event.getResolvableType())) {
			if (listener instanceof ApplicationListenerMethodAdapter adapter && !adapter.shouldHandle(event)) {
				return Answer.UNMET_CONDITIONS;
			}
			return runsWithoutTransaction(listener) ? Answer.SOME : Answer.IN_TRANSACTIONS;
		}
		return generic.supportsEventType(ANY_MESSAGE) ? Answer.OTHER_PAYLOADS : Answer.NONE;
	}

	private static Answer most(Answer one, Answer other) {
		return (one.compareTo(other) > 0) ? one : other;
	}

	/**
	 * Spring runs a transactional listener only in a transaction, unless it says
	 * otherwise.
	 */
	private static boolean runsWithoutTransaction(ApplicationListener<?> listener) {
		EventListener annotation = (listener instanceof ApplicationListenerMethodAdapter adapter)
				? AnnotatedElementUtils.findMergedAnnotation(adapter.getTargetMethod(), EventListener.class) : null;
		return annotation == null || annotation.defaultExecution();
	}

}
