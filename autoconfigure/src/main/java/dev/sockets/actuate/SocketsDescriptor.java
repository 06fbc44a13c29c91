package dev.sockets.actuate;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * All endpoints, and what they run on.
 *
 * @param endpoints the endpoints by name
 * @param engine what event loops get their sockets from
 * @param backplane the nodes that form one server with this one; {@code null} without an
 * engine that leads to others
 */
public record SocketsDescriptor(Map<String, EndpointDescriptor> endpoints, EngineDescriptor engine,
		@Nullable BackplaneDescriptor backplane) {

}
