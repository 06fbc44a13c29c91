package dev.sockets.actuate;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import dev.sockets.EndpointState;
import dev.sockets.EndpointStatus;
import dev.sockets.SocketEndpoint;

/**
 * The health of one endpoint. That of one that isn't required is unknown while it isn't
 * up, which counts for nothing.
 */
final class EndpointHealthIndicator extends AbstractHealthIndicator {

	private final SocketEndpoint endpoint;

	EndpointHealthIndicator(SocketEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		EndpointStatus status = this.endpoint.status();
		Status health = health(status.state());
		boolean required = this.endpoint.isHealthRequired();
		builder.status((required || health.equals(Status.UP)) ? health : Status.UNKNOWN)
			.withDetail("kind", status.kind())
			.withDetail("state", status.state());
		if (status.address() != null) {
			builder.withDetail("address", Addresses.text(status.address()));
		}
		builder.withDetail("connections", status.connections());
		if (!required) {
			builder.withDetail("required", false);
		}
		this.endpoint.getCertificateExpiry().ifPresent((expiry) -> builder.withDetail("certificateExpires", expiry));
		if (status.lastFailure() != null) {
			builder.withDetail("lastFailure", FailureDescriptor.inHealth(status.lastFailure()));
		}
	}

	private static Status health(EndpointState state) {
		return switch (state) {
			case PAUSED -> Status.OUT_OF_SERVICE;
			case STOPPED, STOPPING, FAILING, CONNECTING, DISCONNECTED, OCCUPIED -> Status.DOWN;
			default -> Status.UP;
		};
	}

}
