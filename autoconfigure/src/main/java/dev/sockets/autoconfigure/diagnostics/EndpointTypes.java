package dev.sockets.autoconfigure.diagnostics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import dev.sockets.EndpointKind;
import dev.sockets.multicast.MulticastReceiver;
import dev.sockets.multicast.MulticastSender;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.udp.UdpReceiver;
import dev.sockets.udp.UdpSender;

/**
 * The types by which endpoints are injected.
 */
final class EndpointTypes {

	/** More special types come first. */
	private static final Map<Class<?>, EndpointKind> KINDS = new LinkedHashMap<>();

	static {
		KINDS.put(TcpServer.class, EndpointKind.TCP_SERVER);
		KINDS.put(TcpClient.class, EndpointKind.TCP_CLIENT);
		KINDS.put(MulticastReceiver.class, EndpointKind.MULTICAST_RECEIVER);
		KINDS.put(MulticastSender.class, EndpointKind.MULTICAST_SENDER);
		KINDS.put(UdpReceiver.class, EndpointKind.UDP_RECEIVER);
		KINDS.put(UdpSender.class, EndpointKind.UDP_SENDER);
	}

	private EndpointTypes() {
	}

	/**
	 * Returns the kind of the endpoints that are injected by a type.
	 */
	static Optional<EndpointKind> kind(Class<?> type) {
		return Optional.ofNullable(KINDS.get(type));
	}

	/**
	 * Returns by which type an endpoint is injected.
	 * @param type its class
	 * @return empty when it is none
	 */
	static Optional<Class<?>> of(Class<?> type) {
		return KINDS.keySet().stream().filter((candidate) -> candidate.isAssignableFrom(type)).findFirst();
	}

}
