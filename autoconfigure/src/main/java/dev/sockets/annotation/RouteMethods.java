package dev.sockets.annotation;

import java.util.Set;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

import dev.sockets.InboundEndpoint;
import dev.sockets.annotation.BeanMethods.BeanMethod;

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
		InboundEndpoint<?> endpoint = (InboundEndpoint<?>) this.endpoints.get(name, "TCP server or client or receiver",
				InboundEndpoint.class);
		ListenerHandler handler = ListenerHandler.of(mapping, target, endpoint, Conversion.of(this.beanFactory));
		for (String value : values) {
			endpoint.addRoute(value, handler);
		}
	}

}
