package dev.sockets.annotation;

import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.Order;

import dev.sockets.SocketEndpoint;
import dev.sockets.annotation.BeanMethods.BeanMethod;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.udp.UdpReceiver;

/**
 * Finds the {@link SocketListener} methods of all beans, and adds them to their
 * endpoints, once all singletons are there and before endpoints start.
 */
public final class SocketListenerProcessor implements SmartInitializingSingleton {

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
		new BeanMethods(this.beanFactory).find(SocketListener.class, SocketListenerProcessor::annotations)
			.stream()
			.sorted(Comparator.comparingInt(SocketListenerProcessor::order))
			.forEach(this::add);
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
			ListenerTarget target = new ListenerTarget(this.beanFactory, listener.beanName(), listener.method());
			target.check();
			for (String name : names(listener)) {
				SocketEndpoint endpoint = this.endpoints.get(name, "TCP server or client or receiver", TcpServer.class,
						TcpClient.class, UdpReceiver.class);
				add(endpoint, ListenerHandler.of(listener, target, endpoint, Conversion.of(this.beanFactory)));
			}
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalStateException("The @SocketListener method %s of bean '%s' cannot be called: %s"
				.formatted(Signatures.of(listener.method()), listener.beanName(), ex.getMessage()), ex);
		}
	}

	private Set<String> names(BeanMethod<Set<SocketListener>> listener) {
		Set<String> names = new LinkedHashSet<>();
		for (SocketListener annotation : listener.annotation()) {
			for (String name : annotation.value()) {
				names.add(String.valueOf(this.beanFactory.resolveEmbeddedValue(name)));
			}
		}
		if (names.isEmpty()) {
			throw new IllegalArgumentException("it names no endpoint");
		}
		return names;
	}

	private static void add(SocketEndpoint endpoint, ListenerHandler handler) {
		if (endpoint instanceof TcpServer server) {
			server.addHandler(handler);
		}
		else if (endpoint instanceof TcpClient client) {
			client.addHandler(handler);
		}
		else {
			((UdpReceiver) endpoint).addHandler(handler);
		}
	}

}
