package dev.sockets.actuate;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.sockets.AddressText;
import dev.sockets.EndpointKind;
import dev.sockets.EndpointState;
import dev.sockets.EndpointStatus;
import dev.sockets.registry.WatchedEndpoint;

/**
 * An endpoint.
 *
 * @param kind its kind; {@code null} when it does not say
 * @param state what it is doing; {@code null} when it does not say, as a mock in a test
 * does not
 * @param address the address it listens on or is connected to; {@code null} when there is
 * none
 * @param openConnections connections open now
 * @param connectionsOpened connections opened so far
 * @param messagesReceived messages received so far
 * @param messagesSent messages sent so far
 * @param bytesReceived bytes received so far
 * @param bytesSent bytes sent so far
 * @param lastFailure the newest failure; {@code null} when there was none
 * @param userData what the user attached to it, sanitized
 */
public record EndpointDescriptor(@Nullable EndpointKind kind, @Nullable EndpointState state, @Nullable String address,
		int openConnections, long connectionsOpened, long messagesReceived, long messagesSent, long bytesReceived,
		long bytesSent, @Nullable FailureDescriptor lastFailure, Map<String, Object> userData) {

	static EndpointDescriptor of(WatchedEndpoint endpoint, Map<String, Object> userData) {
		return endpoint.status()
			.flatMap((status) -> WatchedEndpoint.known(() -> of(status, userData)))
			.orElseGet(() -> new EndpointDescriptor(endpoint.kind(), null, null, 0, 0, 0, 0, 0, 0, null, userData));
	}

	private static EndpointDescriptor of(EndpointStatus status, Map<String, Object> userData) {
		return new EndpointDescriptor(status.kind(), status.state(),
				(status.address() != null) ? AddressText.of(status.address()) : null, status.connections(),
				status.connectionsOpened(), status.messagesReceived(), status.messagesSent(), status.bytesReceived(),
				status.bytesSent(), (status.lastFailure() != null) ? FailureDescriptor.of(status.lastFailure()) : null,
				userData);
	}

}
