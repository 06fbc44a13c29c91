package dev.sockets.actuate;

import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;

import dev.sockets.registry.SocketEndpoints;

/**
 * The health of all endpoints there are when it is asked for, by name.
 */
public final class SocketsHealthContributor implements CompositeHealthContributor {

	private final SocketEndpoints endpoints;

	/**
	 * Creates a contributor.
	 * @param endpoints whose health is shown
	 */
	public SocketsHealthContributor(SocketEndpoints endpoints) {
		this.endpoints = endpoints;
	}

	@Override
	public @Nullable HealthContributor getContributor(String name) {
		return this.endpoints.get(name).map(EndpointHealthIndicator::new).orElse(null);
	}

	@Override
	public Stream<HealthContributors.Entry> stream() {
		return this.endpoints.all()
			.stream()
			.map((endpoint) -> new HealthContributors.Entry(endpoint.getName(), new EndpointHealthIndicator(endpoint)));
	}

}
