package dev.sockets.annotation;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;

import dev.sockets.SocketEndpoint;
import dev.sockets.multicast.MulticastReceiver;
import dev.sockets.tcp.MessageHandler;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;

/**
 * Finds the {@link SocketListener} methods of all beans, and adds them to their
 * endpoints, once all singletons are there and before endpoints start.
 */
public final class SocketListenerProcessor implements SmartInitializingSingleton {

	private record Listener(String beanName, Class<?> type, Method method, Set<SocketListener> annotations) {

		int order() {
			Order order = AnnotatedElementUtils.findMergedAnnotation(method(), Order.class);
			return (order != null) ? order.value() : Ordered.LOWEST_PRECEDENCE;
		}

	}

	private static final Log logger = LogFactory.getLog(SocketListenerProcessor.class);

	private final ConfigurableListableBeanFactory beanFactory;

	private final EndpointBeans endpoints;

	/**
	 * Creates a processor.
	 * @param beanFactory holds the beans
	 */
	public SocketListenerProcessor(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
		this.endpoints = new EndpointBeans(beanFactory);
	}

	@Override
	public void afterSingletonsInstantiated() {
		List<Listener> listeners = new ArrayList<>();
		for (String beanName : this.beanFactory.getBeanNamesForType(Object.class)) {
			Class<?> type = ScopedProxyUtils.isScopedTarget(beanName) ? null : targetClass(beanName);
			if (type != null && mayHaveListeners(type)) {
				find(type)
					.forEach((method, annotations) -> listeners.add(new Listener(beanName, type, method, annotations)));
			}
		}
		listeners.sort(Comparator.comparingInt(Listener::order));
		listeners.forEach(this::add);
	}

	private @Nullable Class<?> targetClass(String beanName) {
		try {
			Class<?> type = AutoProxyUtils.determineTargetClass(this.beanFactory, beanName);
			if (type != null && ScopedObject.class.isAssignableFrom(type)) {
				return AutoProxyUtils.determineTargetClass(this.beanFactory,
						ScopedProxyUtils.getTargetBeanName(beanName));
			}
			return type;
		}
		catch (RuntimeException | LinkageError ex) {
			logger.debug("The class of bean '" + beanName + "' is not known, so its listeners are not", ex);
			return null;
		}
	}

	private static boolean mayHaveListeners(Class<?> type) {
		return AnnotationUtils.isCandidateClass(type, SocketListener.class)
				&& (!type.getName().startsWith("org.springframework.")
						|| AnnotatedElementUtils.isAnnotated(ClassUtils.getUserClass(type), Component.class));
	}

	private static Map<Method, Set<SocketListener>> find(Class<?> type) {
		try {
			return MethodIntrospector.selectMethods(type, SocketListenerProcessor::annotations);
		}
		catch (RuntimeException | LinkageError ex) {
			logger.debug("The methods of " + type + " are not known, so its listeners are not", ex);
			return Map.of();
		}
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

	private void add(Listener listener) {
		try {
			ListenerTarget target = new ListenerTarget(this.beanFactory, listener.beanName(), listener.method());
			target.check();
			for (String name : names(listener)) {
				SocketEndpoint endpoint = this.endpoints.get(name, "TCP server or client or multicast receiver",
						TcpServer.class, TcpClient.class, MulticastReceiver.class);
				ListenerArguments arguments = new ListenerArguments(listener.method(), listener.type(), endpoint,
						Conversion.of(this.beanFactory));
				add(endpoint, arguments, target);
			}
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalStateException("The @SocketListener method %s of bean '%s' cannot be called: %s"
				.formatted(Signatures.of(listener.method()), listener.beanName(), ex.getMessage()), ex);
		}
	}

	private Set<String> names(Listener listener) {
		Set<String> names = new LinkedHashSet<>();
		for (SocketListener annotation : listener.annotations()) {
			for (String name : annotation.value()) {
				names.add(String.valueOf(this.beanFactory.resolveEmbeddedValue(name)));
			}
		}
		if (names.isEmpty()) {
			throw new IllegalArgumentException("it names no endpoint");
		}
		return names;
	}

	private static void add(SocketEndpoint endpoint, ListenerArguments arguments, ListenerTarget target) {
		MessageHandler handler = (connection, payload) -> target.invoke(arguments.resolve(connection, payload));
		if (endpoint instanceof TcpServer server) {
			server.addMessageHandler(handler);
		}
		else if (endpoint instanceof TcpClient client) {
			client.addMessageHandler(handler);
		}
		else {
			((MulticastReceiver) endpoint)
				.addMessageHandler((sender, payload) -> target.invoke(arguments.resolve(sender, payload)));
		}
	}

}
