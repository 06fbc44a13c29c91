package dev.sockets.autoconfigure;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.ApplicationListenerMethodAdapter;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.context.event.GenericApplicationListenerAdapter;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;

import dev.sockets.InboundEndpoint;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.event.SocketEvent;

/**
 * Tells at the start which {@code @EventListener} methods return something for an event
 * of an endpoint that nobody takes: Spring publishes it, and who wrote the method may
 * have meant a reply.
 */
final class ReturnedEventsCheck implements ApplicationListener<ContextRefreshedEvent> {

	private static final Log logger = LogFactory.getLog(ReturnedEventsCheck.class);

	/** Who takes it as an event takes whatever there is, and may only watch. */
	private static final class Anything {

	}

	private final ApplicationContext context;

	ReturnedEventsCheck(ApplicationContext context) {
		this.context = context;
	}

	@Override
	public void onApplicationEvent(ContextRefreshedEvent event) {
		if (event.getApplicationContext() == this.context) {
			listeners(this.context).forEach(this::check);
		}
	}

	private void check(ApplicationListener<?> listener) {
		if (listener instanceof ApplicationListenerMethodAdapter adapter) {
			Method method = adapter.getTargetMethod();
			List<Class<?>> events = events(method);
			ResolvableType returned = published(ResolvableType.forMethodReturnType(method));
			if (events.stream().anyMatch(SocketEvent.class::isAssignableFrom) && mayBeLost(returned.toClass())
					&& !isTaken(returned)) {
				tell(method, returned, events.contains(MessageReceivedEvent.class));
			}
		}
	}

	private static List<Class<?>> events(Method method) {
		EventListener annotation = AnnotatedElementUtils.findMergedAnnotation(method, EventListener.class);
		return (annotation != null && annotation.classes().length > 0) ? List.of(annotation.classes())
				: List.of(method.getParameterTypes());
	}

	/** Returns what Spring publishes of what a method returns. */
	private static ResolvableType published(ResolvableType returned) {
		Class<?> type = returned.toClass();
		if (returned.isArray()) {
			return returned.getComponentType();
		}
		if (Collection.class.isAssignableFrom(type)) {
			return returned.asCollection().getGeneric();
		}
		if (CompletionStage.class.isAssignableFrom(type)) {
			return published(returned.as(CompletionStage.class).getGeneric());
		}
		ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(type);
		return (adapter != null)
				? published(adapter.isNoValue() ? ResolvableType.forClass(Void.class) : returned.getGeneric())
				: returned;
	}

	/** An object of any class may be an event. */
	private static boolean mayBeLost(Class<?> type) {
		return type != void.class && type != Void.class && type != Object.class
				&& !type.isAssignableFrom(ApplicationEvent.class) && !ApplicationEvent.class.isAssignableFrom(type);
	}

	private boolean isTaken(ResolvableType payload) {
		ResolvableType event = eventOf(payload);
		ResolvableType any = eventOf(ResolvableType.forClass(Anything.class));
		for (ApplicationContext one = this.context; one != null; one = one.getParent()) {
			if (listeners(one).map(ReturnedEventsCheck::generic)
				.anyMatch((listener) -> listener.supportsEventType(event) && !listener.supportsEventType(any))) {
				return true;
			}
		}
		return false;
	}

	private static GenericApplicationListener generic(ApplicationListener<?> listener) {
		return (listener instanceof GenericApplicationListener generic) ? generic
				: new GenericApplicationListenerAdapter(listener);
	}

	private static ResolvableType eventOf(ResolvableType payload) {
		return ResolvableType.forClassWithGenerics(PayloadApplicationEvent.class, payload.toClass().isPrimitive()
				? ResolvableType.forClass(ClassUtils.resolvePrimitiveIfNecessary(payload.toClass())) : payload);
	}

	private static Stream<ApplicationListener<?>> listeners(ApplicationContext context) {
		return (context instanceof AbstractApplicationContext listening)
				? List.copyOf(listening.getApplicationListeners()).stream() : Stream.empty();
	}

	private void tell(Method method, ResolvableType returned, boolean message) {
		logger
			.warn("%s.%s returns %s, which %s: Spring publishes what an @EventListener method returns as an event, and no listener takes that. %s"
				.formatted(method.getDeclaringClass().getName(), method.getName(), returned,
						message ? "is no reply" : "is sent to nobody",
						message ? "A method with @SocketListener(\"" + endpoint()
								+ "\") in place of @EventListener replies by what it returns; or call event.reply(...) and return nothing"
								: "Send it by the connection of the event, and return nothing"));
	}

	/** Returns the name of the only endpoint that receives, or what stands for one. */
	private String endpoint() {
		String[] names = this.context.getBeanNamesForType(InboundEndpoint.class, true, false);
		return (names.length == 1) ? names[0] : "<endpoint>";
	}

}
