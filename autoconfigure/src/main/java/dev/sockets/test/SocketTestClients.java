package dev.sockets.test;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;

import dev.sockets.tcp.TcpServer;

/**
 * Makes the clients that tests of one context have injected, and closes them. Open to all
 * threads.
 */
final class SocketTestClients {

	private final Set<SocketTestClient> connected = ConcurrentHashMap.newKeySet();

	/** Returns a client of the server that a field or parameter names. */
	SocketTestClient client(DependencyDescriptor descriptor, ListableBeanFactory beanFactory) {
		MergedAnnotation<Qualifier> qualifier = MergedAnnotations.from(descriptor.getAnnotations())
			.get(Qualifier.class);
		String[] servers = beanFactory.getBeanNamesForType(TcpServer.class, true, false);
		String wanted = qualifier.isPresent() ? qualifier.getString("value") : descriptor.getDependencyName();
		String server = (!qualifier.isPresent() && servers.length == 1) ? servers[0] : wanted;
		return new SocketTestClient(required(server, servers), address(beanFactory, required(server, servers)),
				this.connected::add);
	}

	private static String required(@Nullable String server, String[] servers) {
		if (server == null || !Arrays.asList(servers).contains(server)) {
			throw new IllegalStateException("There is no TCP server '" + server + "' that a SocketTestClient could be "
					+ "a client of; there is " + ((servers.length > 0) ? String.join(", ", servers) : "none")
					+ ": name the field or parameter as the server, or name the server by @Qualifier");
		}
		return server;
	}

	private static Supplier<InetSocketAddress> address(ListableBeanFactory beanFactory, String server) {
		return () -> beanFactory.getBean(server, TcpServer.class).getLocalAddress();
	}

	void close() {
		this.connected.forEach((client) -> {
			this.connected.remove(client);
			client.close();
		});
	}

}
