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
 * Creates the server or client of an entry: its properties first, then the customizers.
 */
final class TcpEndpointFactory {

	private final TcpEndpoints endpoints;

	private final EntryBinder binder;

	private final SettingsMapper mapper;

	private final ObjectProvider<TcpServerCustomizer> serverCustomizers;

	private final ObjectProvider<TcpClientCustomizer> clientCustomizers;

	TcpEndpointFactory(TcpEndpoints endpoints, EntryBinder binder, SettingsMapper mapper,
			ObjectProvider<TcpServerCustomizer> serverCustomizers,
			ObjectProvider<TcpClientCustomizer> clientCustomizers) {
		this.endpoints = endpoints;
		this.binder = binder;
		this.mapper = mapper;
		this.serverCustomizers = serverCustomizers;
		this.clientCustomizers = clientCustomizers;
	}

	TcpServer server(EndpointEntry entry) {
		TcpServerSettings.Builder settings = this.mapper.server(this.binder.bind(entry, new TcpServerProperties()));
		this.serverCustomizers.orderedStream().forEach((customizer) -> customizer.customize(entry.name(), settings));
		return this.endpoints.server(settings.build());
	}

	TcpClient client(EndpointEntry entry) {
		TcpClientSettings.Builder settings = this.mapper.client(this.binder.bind(entry, new TcpClientProperties()));
		this.clientCustomizers.orderedStream().forEach((customizer) -> customizer.customize(entry.name(), settings));
		return this.endpoints.client(settings.build());
	}

}
