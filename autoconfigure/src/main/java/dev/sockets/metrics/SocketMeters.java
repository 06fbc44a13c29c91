package dev.sockets.metrics;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import dev.sockets.SocketEndpoint;
import dev.sockets.registry.SocketEndpoints;
import dev.sockets.registry.SocketEndpointsListener;
import dev.sockets.registry.WatchedEndpoint;

/**
 * Binds the meters of all endpoints, and of those that come and go at run time.
 */
public final class SocketMeters implements MeterBinder, SocketEndpointsListener {

	private final SocketEndpoints endpoints;

	private final List<MeterRegistry> registries = new ArrayList<>();

	private final Map<SocketEndpoint, EndpointMeters> bound = new IdentityHashMap<>();

	/**
	 * Creates a binder.
	 * @param endpoints whose meters are bound
	 */
	public SocketMeters(SocketEndpoints endpoints) {
		this.endpoints = endpoints;
	}

	@Override
	public synchronized void bindTo(MeterRegistry registry) {
		this.registries.add(registry);
		WatchedEndpoint.all(this.endpoints).forEach((endpoint) -> meters(endpoint).bindTo(registry));
	}

	@Override
	public synchronized void registered(SocketEndpoint endpoint) {
		this.registries.forEach(meters(new WatchedEndpoint(endpoint, ""))::bindTo);
	}

	@Override
	public synchronized void removed(SocketEndpoint endpoint) {
		EndpointMeters meters = this.bound.remove(endpoint);
		if (meters != null) {
			meters.remove();
		}
	}

	private EndpointMeters meters(WatchedEndpoint endpoint) {
		return this.bound.computeIfAbsent(endpoint.endpoint(), (key) -> new EndpointMeters(endpoint));
	}

}
