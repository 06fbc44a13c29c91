package dev.sockets.actuate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;

import dev.sockets.loop.EventLoopGroup;
import dev.sockets.registry.SocketEndpoints;
import dev.sockets.registry.WatchedEndpoint;

/**
 * The health of all endpoints there are when it is asked for, by name, and that of what
 * they run on, which is called {@value #ENGINE} unless an endpoint is.
 */
public final class SocketsHealthContributor implements CompositeHealthContributor {

	private static final String ENGINE = "engine";

	private final SocketEndpoints endpoints;

	private final EngineHealthIndicator engine;

	/**
	 * Creates a contributor.
	 * @param endpoints whose health is shown
	 * @param loops what they run on
	 */
	public SocketsHealthContributor(SocketEndpoints endpoints, EventLoopGroup loops) {
		this.endpoints = endpoints;
		this.engine = new EngineHealthIndicator(loops);
	}

	@Override
	public @Nullable HealthContributor getContributor(String name) {
		return WatchedEndpoint.find(this.endpoints, name)
			.<HealthContributor>map(EndpointHealthIndicator::new)
			.orElse(isEngine(name) ? this.engine : null);
	}

	private boolean isEngine(String name) {
		return name.equals(ENGINE) && !WatchedEndpoint.all(this.endpoints).isEmpty();
	}

	@Override
	public Stream<HealthContributors.Entry> stream() {
		List<HealthContributors.Entry> entries = new ArrayList<>();
		WatchedEndpoint.all(this.endpoints)
			.forEach((endpoint) -> entries
				.add(new HealthContributors.Entry(endpoint.name(), new EndpointHealthIndicator(endpoint))));
		if (this.engine.isDown() && WatchedEndpoint.find(this.endpoints, ENGINE).isEmpty()) {
			entries.add(new HealthContributors.Entry(ENGINE, this.engine));
		}
		return entries.stream();
	}

}
