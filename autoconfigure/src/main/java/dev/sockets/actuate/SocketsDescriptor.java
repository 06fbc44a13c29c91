package dev.sockets.actuate;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * All endpoints.
 *
 * @param endpoints the endpoints by name
 * @param backplane the nodes that form one server with this one; {@code null} without an
 * engine that leads to others
 */
public record SocketsDescriptor(Map<String, EndpointDescriptor> endpoints, @Nullable BackplaneDescriptor backplane) {

}
