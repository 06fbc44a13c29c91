package dev.sockets.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;

import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpClientCustomizer;
import dev.sockets.tcp.TcpClientSettings;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerCustomizer;
import dev.sockets.tcp.TcpServerSettings;
import dev.sockets.tcp.endpoint.TcpEndpoints;

/**
 * Creates the server or client of an entry: its properties first, then connection
 * details, then the customizers.
 */
final class TcpEndpointFactory {

	private final TcpEndpoints endpoints;

	private final EntryBinder binder;

	private final SettingsMapper mapper;

	private final EndpointChannels channels;

	private final ObjectProvider<TcpClientConnectionDetails> connectionDetails;

	private final ObjectProvider<TcpServerCustomizer> serverCustomizers;

	private final ObjectProvider<TcpClientCustomizer> clientCustomizers;

	TcpEndpointFactory(TcpEndpoints endpoints, EntryBinder binder, SettingsMapper mapper, EndpointChannels channels,
			ObjectProvider<TcpClientConnectionDetails> connectionDetails,
			ObjectProvider<TcpServerCustomizer> serverCustomizers,
			ObjectProvider<TcpClientCustomizer> clientCustomizers) {
		this.endpoints = endpoints;
		this.binder = binder;
		this.mapper = mapper;
		this.channels = channels;
		this.connectionDetails = connectionDetails;
		this.serverCustomizers = serverCustomizers;
		this.clientCustomizers = clientCustomizers;
	}

	TcpServer server(EndpointEntry entry) {
		BoundEntry<TcpServerProperties> bound = this.binder.bind(entry, new TcpServerProperties());
		TcpServerSettings.Builder settings = this.mapper.server(bound);
		this.serverCustomizers.orderedStream().forEach((customizer) -> customizer.customize(entry.name(), settings));
		TcpServer server = this.endpoints.server(settings.build());
		this.channels.handler(bound).ifPresent(server::addMessageHandler);
		return server;
	}

	TcpClient client(EndpointEntry entry) {
		BoundEntry<TcpClientProperties> bound = this.binder.bind(entry, new TcpClientProperties());
		TcpClientSettings.Builder settings = this.mapper.client(bound);
		this.connectionDetails.orderedStream()
			.filter((details) -> details.getClient().equals(entry.name()))
			.findFirst()
			.ifPresent((details) -> settings.peers(details::getPeers));
		this.clientCustomizers.orderedStream().forEach((customizer) -> customizer.customize(entry.name(), settings));
		TcpClient client = this.endpoints.client(settings.build());
		this.channels.handler(bound).ifPresent(client::addMessageHandler);
		return client;
	}

}
