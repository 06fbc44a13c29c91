package dev.sockets.annotation;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.Order;

import dev.sockets.InboundEndpoint;
import dev.sockets.SocketEndpoint;
import dev.sockets.annotation.BeanMethods.BeanMethod;

/**
 * Finds the {@link SocketListener} methods of all beans, and adds them to their
 * endpoints, once all singletons are there and before endpoints start; to endpoints that
 * are made at run time when it is told of them.
 */
public final class SocketListenerProcessor implements SmartInitializingSingleton {

	private static final String KIND = "TCP server or client or receiver";

	private final ConfigurableListableBeanFactory beanFactory;

	private final EndpointBeans endpoints;

	/** Those that were made at run time, by name. */
	private final Map<String, SocketEndpoint> registered = new HashMap<>();

	/** The methods for endpoints that are no beans, by the name of these. */
	private final Map<String, List<BeanMethod<?>>> waiting = new HashMap<>();

	private final ListenerAgreements agreements = new ListenerAgreements();

	/**
	 * Creates a processor.
	 * @param beanFactory holds the beans
	 */
	public SocketListenerProcessor(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
		this.endpoints = new EndpointBeans(beanFactory);
	}

	@Override
	public synchronized void afterSingletonsInstantiated() {
		new BeanMethods(this.beanFactory).find(SocketListener.class, SocketListenerProcessor::annotations)
			.stream()
			.sorted(Comparator.comparingInt(SocketListenerProcessor::order))
			.forEach(this::add);
	}

	/**
	 * An endpoint was made at run time, and has not started yet.
	 * @param endpoint the endpoint
	 * @throws SocketListenerException when a method names it that cannot be called for it
	 */
	public synchronized void registered(SocketEndpoint endpoint) {
		this.registered.put(endpoint.getName(), endpoint);
		this.agreements.forget(endpoint.getName());
		this.waiting.getOrDefault(endpoint.getName(), List.of())
			.forEach((listener) -> add(listener, endpoint.getName(), endpoint));
	}

	/**
	 * An endpoint that was made at run time is gone.
	 * @param endpoint the endpoint
	 */
	public synchronized void removed(SocketEndpoint endpoint) {
		this.registered.remove(endpoint.getName(), endpoint);
	}

	private static int order(BeanMethod<?> listener) {
		Order order = AnnotatedElementUtils.findMergedAnnotation(listener.method(), Order.class);
		return (order != null) ? order.value() : Ordered.LOWEST_PRECEDENCE;
	}

	/** Asks first whether there is any, as for nearly all methods there is none. */
	private static @Nullable Set<SocketListener> annotations(Method method) {
		if (AnnotatedElementUtils.hasAnnotation(method, SocketListener.class)
				|| AnnotatedElementUtils.hasAnnotation(method, SocketListeners.class)) {
			return AnnotatedElementUtils.findMergedRepeatableAnnotations(method, SocketListener.class,
					SocketListeners.class);
		}
		return null;
	}

	private void add(BeanMethod<Set<SocketListener>> listener) {
		try {
			target(listener).check();
			names(listener).forEach((name, optional) -> {
				SocketEndpoint endpoint = this.registered.get(name);
				if (endpoint != null || (optional && !this.endpoints.names(InboundEndpoint.class).contains(name))) {
					this.waiting.computeIfAbsent(name, (key) -> new ArrayList<>()).add(listener);
				}
				else {
					endpoint = this.endpoints.get(name, KIND, InboundEndpoint.class);
				}
				if (endpoint != null) {
					add(listener, name, endpoint);
				}
			});
		}
		catch (IllegalArgumentException ex) {
			throw failure(listener, ex);
		}
	}

	/** Returns whether each name may be that of an endpoint which is not there. */
	private Map<String, Boolean> names(BeanMethod<Set<SocketListener>> listener) {
		Map<String, Boolean> names = new LinkedHashMap<>();
		for (SocketListener annotation : listener.annotation()) {
			for (String name : annotation.value()) {
				names.merge(String.valueOf(this.beanFactory.resolveEmbeddedValue(name)).strip(), annotation.optional(),
						Boolean::logicalOr);
			}
		}
		if (names.isEmpty()) {
			throw new IllegalArgumentException("it names no endpoint");
		}
		return names;
	}

	private void add(BeanMethod<?> listener, String name, SocketEndpoint endpoint) {
		try {
			ListenerHandler handler = ListenerHandler.of(listener, target(listener), endpoint,
					Conversion.of(this.beanFactory));
			boolean ordered = AnnotatedElementUtils.hasAnnotation(listener.method(), Order.class);
			this.agreements.join(name, EndpointBeans.path(name, endpoint), EndpointBeans.payloads(endpoint), handler,
					ordered);
			add(endpoint, handler);
		}
		catch (IllegalArgumentException ex) {
			throw failure(listener, ex);
		}
	}

	private ListenerTarget target(BeanMethod<?> listener) {
		return new ListenerTarget(this.beanFactory, listener.beanName(), listener.method());
	}

	private static void add(SocketEndpoint endpoint, ListenerHandler handler) {
		if (endpoint instanceof InboundEndpoint<?> receiving) {
			receiving.addHandler(handler);
		}
		else {
			throw new IllegalArgumentException("'" + endpoint.getName() + "' is no " + KIND);
		}
	}

	private static SocketListenerException failure(BeanMethod<?> listener, IllegalArgumentException cause) {
		return new SocketListenerException(Signatures.of(listener.method()), listener.beanName(),
				String.valueOf(cause.getMessage()), cause);
	}

}
