package dev.sockets.actuate;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import dev.sockets.FailureText;
import dev.sockets.runtime.backplane.BackplaneStatus;
import dev.sockets.runtime.backplane.BackplaneWatch;

/**
 * The health of what leads to other nodes: up while this node hears itself. One that
 * isn't required is unknown while it does not, which counts for nothing; and so is each
 * that hears only nodes whose secret is not its own, or that do not hear it.
 */
public final class BackplaneHealthIndicator extends AbstractHealthIndicator {

	private final BackplaneWatch backplane;

	private final boolean required;

	/**
	 * Creates an indicator.
	 * @param backplane whose health is shown
	 * @param required whether the application is down without it
	 */
	public BackplaneHealthIndicator(BackplaneWatch backplane, boolean required) {
		this.backplane = backplane;
		this.required = required;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		BackplaneStatus status = this.backplane.status();
		builder.status(status(status))
			.withDetail("engine", status.engine())
			.withDetail("node", status.node())
			.withDetail("nodes", status.nodes().size());
		if (status.lastEcho() != null) {
			builder.withDetail("lastEcho", status.lastEcho());
		}
		if (status.roundTrip() != null) {
			builder.withDetail("roundTrip", status.roundTrip());
		}
		builder.withDetail("pendingOut", status.pendingOut()).withDetail("pendingIn", status.pendingIn());
		if (!this.required) {
			builder.withDetail("required", false);
		}
		Map<String, List<String>> differing = differing(status);
		if (!differing.isEmpty()) {
			builder.withDetail("differingFormats", differing);
		}
		List<String> unreached = status.nodes()
			.stream()
			.filter((node) -> !node.reached())
			.map(BackplaneStatus.Node::id)
			.sorted()
			.toList();
		if (!unreached.isEmpty()) {
			builder.withDetail("unreached", unreached);
		}
		if (!status.differingSecrets().isEmpty()) {
			builder.withDetail("differingSecrets", new TreeMap<>(status.differingSecrets()));
		}
		if (status.cause() != null) {
			builder.withDetail("cause", FailureText.of(status.cause()));
		}
	}

	/** Whoever may publish to the broker can be a node of another secret. */
	private Status status(BackplaneStatus status) {
		if (status.current()) {
			return status.apart() ? Status.UNKNOWN : Status.UP;
		}
		return this.required ? Status.DOWN : Status.UNKNOWN;
	}

	/** Servers by the nodes on which they look otherwise than here. */
	private static Map<String, List<String>> differing(BackplaneStatus status) {
		Map<String, List<String>> differing = new TreeMap<>();
		status.nodes()
			.stream()
			.filter((node) -> !node.differing().isEmpty())
			.forEach((node) -> differing.put(node.id(), node.differing()));
		return differing;
	}

}
