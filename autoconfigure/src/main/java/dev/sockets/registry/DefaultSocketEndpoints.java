package dev.sockets.registry;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.function.SingletonSupplier;

import dev.sockets.EndpointState;
import dev.sockets.SocketEndpoint;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.multicast.MulticastReceiver;
import dev.sockets.multicast.MulticastReceiverSettings;
import dev.sockets.multicast.MulticastSender;
import dev.sockets.multicast.MulticastSenderSettings;
import dev.sockets.runtime.multicast.MulticastEndpoints;
import dev.sockets.runtime.tcp.EndpointRuntime;
import dev.sockets.runtime.tcp.client.DefaultTcpClient;
import dev.sockets.runtime.tcp.server.DefaultTcpServer;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpClientSettings;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;
import dev.sockets.udp.UdpReceiver;
import dev.sockets.udp.UdpSender;

/**
 * Endpoints that are beans, and those registered here.
 */
public final class DefaultSocketEndpoints implements SocketEndpoints {

	private final ListableBeanFactory beanFactory;

	private final EndpointRuntime runtime;

	private final MulticastEndpoints multicast;

	private final RegisteredEndpoints servers;

	private final RegisteredEndpoints clients;

	private final SingletonSupplier<List<SocketEndpointsListener>> listeners;

	private final ConcurrentMap<String, Registration> registrations = new ConcurrentHashMap<>();

	/**
	 * Creates a registry.
	 * @param beanFactory where the endpoints are that are beans
	 * @param runtime what servers and clients that are registered share
	 * @param multicast creates receivers and senders that are registered
	 * @param servers starts and stops registered servers and receivers
	 * @param clients starts and stops registered clients and senders
	 */
	public DefaultSocketEndpoints(ListableBeanFactory beanFactory, EndpointRuntime runtime,
			MulticastEndpoints multicast, RegisteredEndpoints servers, RegisteredEndpoints clients) {
		this.beanFactory = beanFactory;
		this.listeners = SingletonSupplier
			.of(() -> beanFactory.getBeanProvider(SocketEndpointsListener.class).orderedStream().toList());
		this.runtime = runtime;
		this.multicast = multicast;
		this.servers = servers;
		this.clients = clients;
	}

	@Override
	public Optional<SocketEndpoint> get(String name) {
		Registration registration = this.registrations.get(name);
		if (registration != null) {
			return registration.isRemoved() ? Optional.empty() : Optional.of(registration.endpoint());
		}
		return bean(name);
	}

	@Override
	public Collection<SocketEndpoint> all() {
		return Stream.concat(beans().values().stream(), registered()).toList();
	}

	@Override
	public Map<String, SocketEndpoint> byName() {
		Map<String, SocketEndpoint> named = new LinkedHashMap<>();
		beans().forEach((bean, endpoint) -> named.putIfAbsent(new WatchedEndpoint(endpoint, bean).name(), endpoint));
		registered().forEach((endpoint) -> named.putIfAbsent(endpoint.getName(), endpoint));
		return named;
	}

	@Override
	public TcpServer registerServer(TcpServerSettings settings) {
		return register(new DefaultTcpServer(settings, this.runtime), this.servers);
	}

	@Override
	public TcpClient registerClient(TcpClientSettings settings) {
		return register(new DefaultTcpClient(settings, this.runtime), this.clients);
	}

	@Override
	public MulticastReceiver registerReceiver(MulticastReceiverSettings settings) {
		return register(this.multicast.receiver(settings), this.servers);
	}

	@Override
	public MulticastSender registerSender(MulticastSenderSettings settings) {
		return register(this.multicast.sender(settings), this.clients);
	}

	@Override
	public UdpReceiver registerUdpReceiver(MulticastReceiverSettings settings) {
		return register(this.multicast.udpReceiver(settings), this.servers);
	}

	@Override
	public UdpSender registerUdpSender(MulticastSenderSettings settings) {
		return register(this.multicast.udpSender(settings), this.clients);
	}

	@Override
	public boolean remove(String name) {
		Registration registration = this.registrations.get(name);
		if (registration != null) {
			return remove(registration);
		}
		if (bean(name).isPresent()) {
			throw new IllegalArgumentException("'" + name + "' is a bean, of the configuration or of your own, "
					+ "so it cannot be removed: only endpoints that were registered can. Stop it instead");
		}
		return false;
	}

	private <E extends SocketEndpoint> E register(E endpoint, RegisteredEndpoints group) {
		register(new Registration(endpoint, group));
		return endpoint;
	}

	private void register(Registration registration) {
		String name = registration.endpoint().getName();
		if (bean(name).isPresent() || this.registrations.putIfAbsent(name, registration) != null) {
			throw new SocketOperationException(SocketErrorCode.ADDRESS_EXISTS,
					"There is an endpoint named '" + name + "' already");
		}
		try {
			listeners().forEach((listener) -> listener.registered(registration.endpoint()));
			registration.group().add(registration);
		}
		catch (RuntimeException ex) {
			forget(registration);
			throw ex;
		}
	}

	private boolean remove(Registration registration) {
		if (!registration.remove()) {
			return false;
		}
		SocketEndpoint endpoint = registration.endpoint();
		endpoint.stop(() -> forget(registration));
		endpoint.stop();
		if (endpoint.status().state() == EndpointState.STOPPED) {
			forget(registration);
		}
		return true;
	}

	private void forget(Registration registration) {
		registration.group().delete(registration);
		if (this.registrations.get(registration.endpoint().getName()) == registration) {
			listeners().forEach((listener) -> listener.removed(registration.endpoint()));
			this.registrations.remove(registration.endpoint().getName(), registration);
		}
	}

	/** Looked up once, as an application that closes is asked for no beans. */
	private List<SocketEndpointsListener> listeners() {
		return this.listeners.obtain();
	}

	private Stream<SocketEndpoint> registered() {
		return this.registrations.values()
			.stream()
			.filter((registration) -> !registration.isRemoved())
			.map(Registration::endpoint);
	}

	private Optional<SocketEndpoint> bean(String name) {
		Map<String, SocketEndpoint> beans = beans();
		Stream<SocketEndpoint> named = beans.values()
			.stream()
			.filter((endpoint) -> new WatchedEndpoint(endpoint, "").name().equals(name));
		return Stream.concat(named, Stream.ofNullable(beans.get(name))).findFirst();
	}

	private Map<String, SocketEndpoint> beans() {
		return this.beanFactory.getBeansOfType(SocketEndpoint.class, false, true);
	}

}
