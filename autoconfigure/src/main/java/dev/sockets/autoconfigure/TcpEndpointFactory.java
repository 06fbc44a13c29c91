package dev.sockets.autoconfigure;

import java.util.stream.Stream;

import org.springframework.beans.factory.BeanFactory;

import dev.sockets.autoconfigure.binding.BoundEntry;
import dev.sockets.autoconfigure.binding.EndpointEntry;
import dev.sockets.autoconfigure.binding.EntryBinder;
import dev.sockets.autoconfigure.binding.TcpSettingsMapper;
import dev.sockets.autoconfigure.properties.TcpClientProperties;
import dev.sockets.autoconfigure.properties.TcpServerProperties;
import dev.sockets.runtime.tcp.EndpointRuntime;
import dev.sockets.runtime.tcp.client.DefaultTcpClient;
import dev.sockets.runtime.tcp.server.DefaultTcpServer;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpClientCustomizer;
import dev.sockets.tcp.TcpClientSettings;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerCustomizer;
import dev.sockets.tcp.TcpServerSettings;

/**
 * Creates the server or client of an entry: its properties first, then connection
 * details, then the customizers.
 */
final class TcpEndpointFactory {

	private final EndpointRuntime runtime;

	private final EntryBinder binder;

	private final TcpSettingsMapper mapper;

	private final EndpointChannels channels;

	private final BeanFactory beanFactory;

	TcpEndpointFactory(EndpointRuntime runtime, EntryBinder binder, TcpSettingsMapper mapper, EndpointChannels channels,
			BeanFactory beanFactory) {
		this.runtime = runtime;
		this.binder = binder;
		this.mapper = mapper;
		this.channels = channels;
		this.beanFactory = beanFactory;
	}

	TcpServer server(EndpointEntry entry) {
		BoundEntry<TcpServerProperties> bound = this.binder.bind(entry, new TcpServerProperties());
		TcpServerSettings.Builder settings = this.mapper.server(bound);
		beans(TcpServerCustomizer.class).forEach((customizer) -> customizer.customize(entry.name(), settings));
		TcpServer server = new DefaultTcpServer(settings.build(), this.runtime);
		this.channels.handler(bound).ifPresent(server::addHandler);
		return server;
	}

	TcpClient client(EndpointEntry entry) {
		BoundEntry<TcpClientProperties> bound = this.binder.bind(entry, new TcpClientProperties());
		TcpClientSettings.Builder settings = this.mapper.client(bound);
		beans(TcpClientConnectionDetails.class).filter((details) -> details.getClient().equals(entry.name()))
			.findFirst()
			.ifPresent((details) -> settings.peers(details::getPeers));
		beans(TcpClientCustomizer.class).forEach((customizer) -> customizer.customize(entry.name(), settings));
		TcpClient client = new DefaultTcpClient(settings.build(), this.runtime);
		this.channels.handler(bound).ifPresent(client::addHandler);
		return client;
	}

	private <T> Stream<T> beans(Class<T> type) {
		return this.beanFactory.getBeanProvider(type).orderedStream();
	}

}
