package dev.sockets.registry;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import dev.sockets.SocketEndpoint;
import dev.sockets.multicast.MulticastReceiver;
import dev.sockets.multicast.MulticastReceiverSettings;
import dev.sockets.multicast.MulticastSender;
import dev.sockets.multicast.MulticastSenderSettings;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpClientSettings;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;
import dev.sockets.udp.UdpReceiver;
import dev.sockets.udp.UdpSender;

/**
 * The endpoints of an application: those of the configuration, other beans of type
 * {@link SocketEndpoint}, and those registered here while it runs.
 *
 * <p>
 * A registered endpoint is no bean, so it can be found here but not injected. Otherwise
 * it lives like one of the configuration: it starts when it is registered, or with the
 * application if that isn't running, and stops with it in the same phase. Its settings
 * are used as they are; customizers change only those of the configuration.
 */
public interface SocketEndpoints {

	/**
	 * Finds an endpoint by its name.
	 * @param name the name
	 * @return the endpoint, or empty when there is none
	 */
	Optional<SocketEndpoint> get(String name);

	/**
	 * Returns all endpoints.
	 * @return a snapshot: beans first, then those that were registered
	 */
	Collection<SocketEndpoint> all();

	/**
	 * Returns all endpoints by their names. That of a bean which does not say its name,
	 * as a mock does not, is its bean name.
	 * @return a snapshot in the order of {@link #all()}
	 */
	default Map<String, SocketEndpoint> byName() {
		Map<String, SocketEndpoint> named = new LinkedHashMap<>();
		all().forEach((endpoint) -> named.putIfAbsent(endpoint.getName(), endpoint));
		return named;
	}

	/**
	 * Creates a server, and starts it unless its settings have {@code autoStartup} off or
	 * the application isn't running. Nothing stays registered when it cannot start.
	 * @param settings what the server needs to know
	 * @return the server
	 * @throws dev.sockets.SocketOperationException with code {@code ADDRESS_EXISTS} when
	 * the name is taken
	 * @throws dev.sockets.EndpointStartException when it cannot listen
	 */
	TcpServer registerServer(TcpServerSettings settings);

	/**
	 * Creates a client, and starts it unless its settings have {@code autoStartup} off or
	 * the application isn't running. It connects in the background.
	 * @param settings what the client needs to know
	 * @return the client
	 * @throws dev.sockets.SocketOperationException with code {@code ADDRESS_EXISTS} when
	 * the name is taken
	 */
	TcpClient registerClient(TcpClientSettings settings);

	/**
	 * Creates a multicast receiver, and starts it unless its settings have
	 * {@code autoStartup} off or the application isn't running. Nothing stays registered
	 * when it cannot start.
	 * @param settings what the receiver needs to know
	 * @return the receiver
	 * @throws dev.sockets.SocketOperationException with code {@code ADDRESS_EXISTS} when
	 * the name is taken
	 * @throws dev.sockets.EndpointStartException when it cannot receive
	 */
	MulticastReceiver registerReceiver(MulticastReceiverSettings settings);

	/**
	 * Creates a multicast sender, and starts it unless its settings have
	 * {@code autoStartup} off or the application isn't running. Nothing stays registered
	 * when it cannot start.
	 * @param settings what the sender needs to know
	 * @return the sender
	 * @throws dev.sockets.SocketOperationException with code {@code ADDRESS_EXISTS} when
	 * the name is taken
	 * @throws dev.sockets.EndpointStartException when it has no such network interface
	 */
	MulticastSender registerSender(MulticastSenderSettings settings);

	/**
	 * Creates a receiver without groups, as {@link #registerReceiver} does one with them.
	 * @param settings what the receiver needs to know, begun by
	 * {@link MulticastReceiverSettings#udp}
	 * @return the receiver
	 * @throws dev.sockets.SocketOperationException with code {@code ADDRESS_EXISTS} when
	 * the name is taken
	 * @throws dev.sockets.EndpointStartException when it cannot receive
	 */
	UdpReceiver registerUdpReceiver(MulticastReceiverSettings settings);

	/**
	 * Creates a sender to hosts, as {@link #registerSender} does one to groups.
	 * @param settings what the sender needs to know, begun by
	 * {@link MulticastSenderSettings#udp}
	 * @return the sender
	 * @throws dev.sockets.SocketOperationException with code {@code ADDRESS_EXISTS} when
	 * the name is taken
	 */
	UdpSender registerUdpSender(MulticastSenderSettings settings);

	/**
	 * Stops a registered endpoint as gently as the application does, and forgets it. Its
	 * name is free when it has stopped: when this method returns, or later when a handler
	 * calls it, which is not waited for.
	 * @param name the endpoint's name
	 * @return whether there was one; {@code false} also when another caller removes it
	 * @throws IllegalArgumentException when the endpoint is a bean: that can be stopped,
	 * but not be removed
	 */
	boolean remove(String name);

}
