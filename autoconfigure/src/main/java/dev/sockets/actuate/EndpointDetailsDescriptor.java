package dev.sockets.actuate;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint, its connections and its failures.
 *
 * @param name its name
 * @param endpoint the endpoint
 * @param connections its open connections, the oldest first, at most
 * {@value SocketsEndpoint#MOST_CONNECTIONS}
 * @param nodes the nodes that have it, this one first; none unless it is a TCP server
 * @param bans whom it keeps out for a while, the ban that ends first before the others,
 * at most {@value SocketsEndpoint#MOST_CONNECTIONS}
 * @param recentFailures its newest failures, the oldest first
 * @param trace what is kept of what went over its wire; {@code null} for nothing
 */
public record EndpointDetailsDescriptor(String name, @JsonUnwrapped EndpointDescriptor endpoint,
		List<ConnectionDescriptor> connections, List<NodeDescriptor> nodes, List<BanDescriptor> bans,
		List<FailureDescriptor> recentFailures, @Nullable TraceDescriptor trace) {

}
