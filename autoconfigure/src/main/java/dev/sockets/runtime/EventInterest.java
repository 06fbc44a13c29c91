package dev.sockets.runtime;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.context.event.SmartApplicationListener;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.ResolvableType;

import dev.sockets.event.SocketEvent;

/**
 * Knows which kinds of events have listeners, so that an event nobody listens to is not
 * even made. Looks again when the number of listeners has changed, and once a second.
 */
public final class EventInterest {

	private static final long MAX_AGE_NANOS = 1_000_000_000;

	private final ApplicationContext context;

	private final LongSupplier nanos;

	private final Map<Class<?>, Kind> kinds = new ConcurrentHashMap<>();

	/**
	 * Creates an instance; one is enough for an application.
	 * @param context where events are published
	 * @param nanos a clock as {@link System#nanoTime()}, which may be coarse
	 */
	public EventInterest(ApplicationContext context, LongSupplier nanos) {
		this.context = context;
		this.nanos = nanos;
	}

	/**
	 * Returns who listens to a kind of event.
	 * @param type its class
	 * @return always the same for a class; to be kept by who asks for each message
	 */
	Kind of(Class<? extends SocketEvent> type) {
		return this.kinds.computeIfAbsent(type, (key) -> new Kind(Set.of(key)));
	}

	/**
	 * Returns who listens to any of some kinds of event.
	 * @param types their classes, which may be none
	 * @return a new one, to be kept by who asks for each message
	 */
	Kind anyOf(Set<Class<? extends SocketEvent>> types) {
		return new Kind(types);
	}

	private int countListeners() {
		int count = 0;
		ApplicationContext context = this.context;
		while (context != null) {
			if (context instanceof AbstractApplicationContext listening) {
				count += listening.getApplicationListeners().size();
			}
			context = context.getParent();
		}
		return count;
	}

	private boolean anyListener(Class<?> eventType) {
		ApplicationContext context = this.context;
		while (context != null) {
			if (!(context instanceof AbstractApplicationContext listening) || anyListener(listening, eventType)) {
				return true;
			}
			context = context.getParent();
		}
		return false;
	}

	private static boolean anyListener(AbstractApplicationContext context, Class<?> eventType) {
		for (ApplicationListener<?> listener : context.getApplicationListeners().toArray(ApplicationListener[]::new)) {
			if (supports(listener, eventType)) {
				return true;
			}
		}
		return anyPrototype(context, eventType);
	}

	/**
	 * Returns whether a listener is made anew for each event of a kind.
	 * @param context where events are published
	 * @param eventType the kind of event
	 * @return whether there may be one
	 */
	static boolean anyPrototype(AbstractApplicationContext context, Class<?> eventType) {
		for (String name : context.getBeanNamesForType(ApplicationListener.class, true, false)) {
			Class<?> type = context.getType(name, false);
			if (!context.isSingleton(name) && declares(type, eventType)) {
				return true;
			}
		}
		return false;
	}

	@SuppressWarnings("unchecked")
	private static boolean supports(ApplicationListener<?> listener, Class<?> eventType) {
		if (listener instanceof GenericApplicationListener generic) {
			return generic.supportsEventType(ResolvableType.forClass(eventType));
		}
		if (listener instanceof SmartApplicationListener smart) {
			return smart.supportsEventType((Class<? extends SocketEvent>) eventType);
		}
		return declares(AopUtils.getTargetClass(listener), eventType);
	}

	private static boolean declares(@Nullable Class<?> listenerType, Class<?> eventType) {
		if (listenerType == null) {
			return true;
		}
		return ResolvableType.forClass(listenerType)
			.as(ApplicationListener.class)
			.getGeneric()
			.toClass()
			.isAssignableFrom(eventType);
	}

	/** What was found out about a kind, and when. */
	private record Finding(boolean listenedTo, int listeners, long at) {

	}

	/**
	 * One kind of event, or several of which one is as good as another. Open to all
	 * threads.
	 */
	final class Kind {

		private final Set<? extends Class<?>> types;

		private volatile Finding finding = new Finding(false, -1, 0);

		private Kind(Set<? extends Class<?>> types) {
			this.types = types;
		}

		/**
		 * Returns whether anybody listens to it.
		 * @return whether somebody does, or may
		 */
		boolean isListenedTo() {
			long now = EventInterest.this.nanos.getAsLong();
			int listeners = countListeners();
			Finding finding = this.finding;
			if (finding.listeners() != listeners || now - finding.at() > MAX_AGE_NANOS) {
				finding = new Finding(this.types.stream().anyMatch(EventInterest.this::anyListener), listeners, now);
				this.finding = finding;
			}
			return finding.listenedTo();
		}

	}

}
