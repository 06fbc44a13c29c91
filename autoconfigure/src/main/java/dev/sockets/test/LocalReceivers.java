package dev.sockets.test;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import org.springframework.beans.factory.BeanFactory;

import dev.sockets.EndpointKind;
import dev.sockets.multicast.MulticastGroups;
import dev.sockets.multicast.MulticastReceiverSettings;
import dev.sockets.udp.UdpReceiver;

/**
 * The receivers of the configuration by where they would receive outside of tests. Open
 * to all threads.
 */
final class LocalReceivers {

	private final Map<String, MulticastReceiverSettings> byName = new ConcurrentHashMap<>();

	private final BeanFactory beanFactory;

	LocalReceivers(BeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	void add(String name, MulticastReceiverSettings configured) {
		this.byName.put(name, configured);
	}

	/** Returns the name of who receives what is sent to a port of a host. */
	Optional<String> ofHost(String host, int port) {
		return find(port,
				(receiver) -> receiver.kind() == EndpointKind.UDP_RECEIVER && LocalHosts.leads(host, receiver.host()));
	}

	/** Returns the name of who receives what is sent to a port of a group. */
	Optional<String> ofGroup(String group, int port) {
		return find(port,
				(receiver) -> receiver.groups()
					.stream()
					.anyMatch((joined) -> MulticastGroups.parse(joined).equals(MulticastGroups.parse(group))));
	}

	private Optional<String> find(int port, Predicate<MulticastReceiverSettings> fits) {
		return this.byName.entrySet()
			.stream()
			.filter((receiver) -> receiver.getValue().port() == port && fits.test(receiver.getValue()))
			.map(Map.Entry::getKey)
			.sorted()
			.findFirst();
	}

	/**
	 * Returns where a receiver receives now.
	 * @throws IllegalStateException when it doesn't run
	 */
	int port(String receiver) {
		return this.beanFactory.getBean(receiver, UdpReceiver.class).getLocalAddress().getPort();
	}

}
