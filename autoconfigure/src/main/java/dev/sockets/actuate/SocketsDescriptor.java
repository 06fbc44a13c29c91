package dev.sockets.actuate;

import java.util.Map;

/**
 * All endpoints.
 *
 * @param endpoints the endpoints by name
 */
public record SocketsDescriptor(Map<String, EndpointDescriptor> endpoints) {

}
