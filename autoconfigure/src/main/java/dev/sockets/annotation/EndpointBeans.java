package dev.sockets.annotation;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;

import dev.sockets.EndpointKind;
import dev.sockets.NearestName;
import dev.sockets.Payloads;
import dev.sockets.SocketEndpoint;
import dev.sockets.multicast.MulticastReceiver;
import dev.sockets.multicast.MulticastSender;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.udp.UdpReceiver;
import dev.sockets.udp.UdpSender;

/**
 * The endpoints that annotations refer to by their name.
 */
final class EndpointBeans {

	/** More special types come first. */
	private static final Class<?>[] ENDPOINTS = { TcpServer.class, TcpClient.class, MulticastReceiver.class,
			MulticastSender.class, UdpReceiver.class, UdpSender.class };

	private final ListableBeanFactory beanFactory;

	EndpointBeans(ListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * Returns the endpoint of a name.
	 * @param name its bean name
	 * @param kind what the types are called
	 * @param types the types, one of which it has
	 * @return the endpoint
	 * @throws IllegalArgumentException when there is none; the message names those that
	 * exist
	 */
	SocketEndpoint get(String name, String kind, Class<?>... types) {
		Set<String> names = names(types);
		if (!names.contains(name)) {
			Optional<String> other = otherType(name);
			if (other.isPresent()) {
				throw new IllegalArgumentException("'%s' is a %s, and a %s is needed; there is %s".formatted(name,
						other.get(), kind, names.isEmpty() ? "none" : String.join(", ", names)));
			}
			String meant = meant(name, names);
			throw new IllegalArgumentException("there is no %s '%s'%s; %s".formatted(kind, name, meant,
					names.isEmpty() ? "there is none at all" : "there is " + String.join(", ", names)));
		}
		return this.beanFactory.getBean(name, SocketEndpoint.class);
	}

	/** Some write the path of an endpoint, or several names in one text. */
	private static String meant(String name, Set<String> names) {
		if (name.indexOf(',') >= 0) {
			return " (write each name for itself, as in { \"%s\" })"
				.formatted(String.join("\", \"", name.split("\\s*,\\s*")));
		}
		return Optional.of(name.substring(name.lastIndexOf('.') + 1))
			.filter(names::contains)
			.or(() -> NearestName.of(name, names))
			.map(" (did you mean '%s'?)"::formatted)
			.orElse("");
	}

	private Optional<String> otherType(String name) {
		Class<?> type = (!name.isEmpty() && this.beanFactory.containsBean(name)) ? this.beanFactory.getType(name)
				: null;
		return Optional.ofNullable(type)
			.map((found) -> Stream.of(ENDPOINTS)
				.filter((endpoint) -> endpoint.isAssignableFrom(found))
				.findFirst()
				.map(Class::getSimpleName)
				.orElse(found.getName()));
	}

	/**
	 * Returns the names of endpoints.
	 * @param types the types, one of which they have
	 * @return the bean names, in alphabetical order
	 */
	Set<String> names(Class<?>... types) {
		Set<String> names = new TreeSet<>();
		for (Class<?> type : types) {
			names.addAll(Arrays.asList(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.beanFactory, type)));
		}
		return names;
	}

	/**
	 * Returns what an endpoint knows of payloads; the mock of a test knows nothing.
	 * @param endpoint the endpoint
	 */
	static Payloads payloads(SocketEndpoint endpoint) {
		return Objects.requireNonNullElse(endpoint.payloads(), Payloads.UNKNOWN);
	}

	/**
	 * Returns the property path of an endpoint that has messages.
	 * @param name its name
	 * @param endpoint the endpoint
	 */
	static String path(String name, SocketEndpoint endpoint) {
		EndpointKind kind = (endpoint instanceof TcpServer) ? EndpointKind.TCP_SERVER : (endpoint instanceof TcpClient)
				? EndpointKind.TCP_CLIENT
				: (endpoint instanceof MulticastReceiver) ? EndpointKind.MULTICAST_RECEIVER : EndpointKind.UDP_RECEIVER;
		return kind.path(name);
	}

}
