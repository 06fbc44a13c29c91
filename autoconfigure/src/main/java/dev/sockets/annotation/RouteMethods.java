package dev.sockets.annotation;

import java.util.Set;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

import dev.sockets.SocketEndpoint;
import dev.sockets.annotation.BeanMethods.BeanMethod;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.udp.UdpReceiver;

/**
 * Has methods handle the messages of an endpoint with certain values where its
 * {@code route-by} looks. Called before endpoints start.
 */
final class RouteMethods {

	private final ConfigurableListableBeanFactory beanFactory;

	private final EndpointBeans endpoints;

	RouteMethods(ConfigurableListableBeanFactory beanFactory, EndpointBeans endpoints) {
		this.beanFactory = beanFactory;
		this.endpoints = endpoints;
	}

	/**
	 * Adds a method.
	 * @param mapping the method
	 * @param target calls it
	 * @param name the endpoint's name
	 * @param values the values
	 * @throws IllegalArgumentException when there is no such endpoint, another method
	 * handles a value, a value is in no message, or a parameter can't have an argument
	 * @throws IllegalStateException when the endpoint has no {@code route-by}
	 */
	void add(BeanMethod<?> mapping, ListenerTarget target, String name, Set<String> values) {
		SocketEndpoint endpoint = this.endpoints.get(name, "TCP server or client or receiver", TcpServer.class,
				TcpClient.class, UdpReceiver.class);
		ListenerHandler handler = ListenerHandler.of(mapping, target, endpoint, Conversion.of(this.beanFactory));
		for (String value : values) {
			add(endpoint, value, handler);
		}
	}

	private static void add(SocketEndpoint endpoint, String value, ListenerHandler handler) {
		if (endpoint instanceof TcpServer server) {
			server.addRoute(value, handler);
		}
		else if (endpoint instanceof TcpClient client) {
			client.addRoute(value, handler);
		}
		else {
			((UdpReceiver) endpoint).addRoute(value, handler);
		}
	}

}
