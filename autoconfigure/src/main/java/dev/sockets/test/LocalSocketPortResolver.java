package dev.sockets.test;

import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.context.annotation.ContextAnnotationAutowireCandidateResolver;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.util.Assert;

import dev.sockets.UnixSocketAddress;
import dev.sockets.tcp.TcpServer;

/**
 * Finds the value of a {@link LocalSocketPort}, and makes each {@link SocketTestClient}.
 */
class LocalSocketPortResolver extends ContextAnnotationAutowireCandidateResolver {

	private final SocketTestClients clients = new SocketTestClients();

	SocketTestClients clients() {
		return this.clients;
	}

	@Override
	public @Nullable Object getSuggestedValue(DependencyDescriptor descriptor) {
		if (descriptor.getDependencyType() == SocketTestClient.class
				&& getBeanFactory() instanceof ListableBeanFactory beanFactory) {
			return this.clients.client(descriptor, beanFactory);
		}
		MergedAnnotation<LocalSocketPort> annotation = MergedAnnotations.from(descriptor.getAnnotations())
			.get(LocalSocketPort.class);
		return annotation.isPresent() ? port(annotation.getString("value")) : super.getSuggestedValue(descriptor);
	}

	private int port(String server) {
		Assert.state(getBeanFactory() != null, "There is no bean factory");
		InetSocketAddress address = getBeanFactory().getBean(server, TcpServer.class).getLocalAddress();
		Assert.state(address != null, () -> "'" + server + "' has no port: it is a mock");
		Assert.state(!(address instanceof UnixSocketAddress),
				() -> "'" + server + "' has no port: it listens on " + address);
		return address.getPort();
	}

}
