package dev.sockets;

import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

/**
 * What an endpoint was doing at one moment. Counts start at zero when the endpoint is
 * created and survive restarts.
 *
 * @param name the endpoint's name
 * @param kind its kind
 * @param state its state
 * @param address the address it listens on or is connected to; {@code null} when there is
 * none
 * @param connections connections open now
 * @param connectionsOpened connections opened so far
 * @param messagesReceived messages received so far
 * @param messagesSent messages written to sockets so far
 * @param bytesReceived bytes received so far
 * @param bytesSent bytes written so far
 * @param lastFailure the newest failure; {@code null} when there was none
 */
public record EndpointStatus(String name, EndpointKind kind, EndpointState state, @Nullable InetSocketAddress address,
		int connections, long connectionsOpened, long messagesReceived, long messagesSent, long bytesReceived,
		long bytesSent, @Nullable Failure lastFailure) {

}
