package dev.sockets.actuate;

import java.util.Optional;
import java.util.function.Function;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import dev.sockets.AddressText;
import dev.sockets.EndpointState;
import dev.sockets.EndpointStatus;
import dev.sockets.SocketEndpoint;
import dev.sockets.registry.WatchedEndpoint;

/**
 * The health of one endpoint. That of one that isn't required is unknown while it isn't
 * up, which counts for nothing; so is that of one that does not say what it is doing, as
 * a mock does not.
 */
final class EndpointHealthIndicator extends AbstractHealthIndicator {

	private final WatchedEndpoint endpoint;

	EndpointHealthIndicator(WatchedEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		if (this.endpoint.status().flatMap((status) -> known(builder, status)).isEmpty()) {
			builder.unknown();
		}
	}

	private Optional<Health.Builder> known(Health.Builder builder, EndpointStatus status) {
		return WatchedEndpoint.known(() -> describe(builder, status));
	}

	private Health.Builder describe(Health.Builder builder, EndpointStatus status) {
		Status health = health(status.state());
		boolean required = this.endpoint.ask(SocketEndpoint::isHealthRequired).orElse(true);
		builder.status((required || health.equals(Status.UP)) ? health : Status.UNKNOWN)
			.withDetail("kind", status.kind())
			.withDetail("state", status.state());
		if (status.address() != null) {
			builder.withDetail("address", AddressText.of(status.address()));
		}
		builder.withDetail("connections", status.connections());
		if (!required) {
			builder.withDetail("required", false);
		}
		this.endpoint.ask(SocketEndpoint::getCertificateExpiry)
			.flatMap(Function.identity())
			.ifPresent((expiry) -> builder.withDetail("certificateExpires", expiry));
		if (status.lastFailure() != null) {
			builder.withDetail("lastFailure", FailureDescriptor.inHealth(status.lastFailure()));
		}
		return builder;
	}

	private static Status health(EndpointState state) {
		return switch (state) {
			case PAUSED -> Status.OUT_OF_SERVICE;
			case STOPPED, STOPPING, FAILING, CONNECTING, DISCONNECTED, OCCUPIED -> Status.DOWN;
			default -> Status.UP;
		};
	}

}
