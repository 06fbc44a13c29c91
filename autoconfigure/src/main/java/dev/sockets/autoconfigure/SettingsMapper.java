package dev.sockets.autoconfigure;

import java.util.List;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.context.properties.PropertyMapper;

import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.Peer;
import dev.sockets.tcp.TcpClientSettings;
import dev.sockets.tcp.TcpServerSettings;
import dev.sockets.tcp.WhenFull;

/**
 * Maps properties to settings, one line each.
 */
final class SettingsMapper {

	private final PropertyMapper map = PropertyMapper.get();

	private final EndpointSettingsMapper endpoints = new EndpointSettingsMapper();

	private final FramingResolver framings;

	private final CodecResolver codecs;

	SettingsMapper(ListableBeanFactory beanFactory) {
		NamedBeans beans = new NamedBeans(beanFactory);
		this.framings = new FramingResolver(beans);
		this.codecs = new CodecResolver(beans);
	}

	TcpServerSettings.Builder server(BoundEntry<TcpServerProperties> entry) {
		TcpServerProperties properties = entry.properties();
		TcpServerSettings.Builder settings = TcpServerSettings.builder(entry.name());
		this.map.from(properties::getHost).to(settings::host);
		this.map.from(properties::getPort).to(settings::port);
		this.map.from(properties::getBacklog).to(settings::backlog);
		this.map.from(properties::getMaxConnections).to(settings::maxConnections);
		this.map.from(properties::getMaxConnectionsPerAddress).to(settings::maxConnectionsPerAddress);
		this.map.from(properties::getWhenFull).to(settings::whenFull);
		this.map.from(properties::getBusyMessage)
			.as((text) -> Messages.encode(entry, "busy-message", text))
			.to(settings::busyMessage);
		this.map.from(properties::getRejectDelay).to(settings::rejectDelay);
		this.map.from(properties::getFirstDataTimeout).to(settings::firstDataTimeout);
		this.map.from(properties.getShutdown()::getGracePeriod).to(settings::shutdownGrace);
		this.map.from(properties::getGoodbyeMessage)
			.as((text) -> Messages.encode(entry, "goodbye-message", text))
			.to(settings::goodbyeMessage);
		refuseKeysOfRejections(entry);
		return settings.connection((connection) -> connection(entry, connection));
	}

	TcpClientSettings.Builder client(BoundEntry<TcpClientProperties> entry) {
		TcpClientProperties properties = entry.properties();
		TcpClientSettings.Builder settings = TcpClientSettings.builder(entry.name());
		this.map.from(properties::getHost).to(settings::host);
		this.map.from(properties::getPort).to(settings::port);
		this.map.from(() -> Addresses.resolve(entry)).whenNot(List::isEmpty).to((peers) -> peers(peers, settings));
		this.map.from(properties::getConnectTimeout).to(settings::connectTimeout);
		this.map.from(() -> ReconnectMapper.map(entry)).to(settings::reconnect);
		this.map.from(properties::getBusyMessage)
			.as((text) -> Messages.encode(entry, "busy-message", text))
			.to(settings::busyMessage);
		this.map.from(properties::getOccupiedWithin).to(settings::occupiedWithin);
		this.map.from(properties.getOutbound()::getBufferWhenDisconnected)
			.as((size) -> entry.bytesOrNone("outbound.buffer-when-disconnected", size))
			.to(settings::bufferWhenDisconnected);
		return settings.connection((connection) -> connection(entry, connection));
	}

	private void connection(BoundEntry<? extends TcpConnectionProperties> entry, ConnectionSettings.Builder settings) {
		TcpConnectionProperties properties = entry.properties();
		this.map.from(() -> this.framings.resolve(entry)).to(settings::framing);
		this.map.from(() -> this.codecs.resolve(entry, Profile.codec(entry), Profile.framing(entry)))
			.to(settings::codec);
		this.map.from(properties::getMaxFrameSize)
			.as((size) -> entry.bytes("max-frame-size", size))
			.to(settings::maxFrameSize);
		this.map.from(properties::getReadBuffer)
			.as((size) -> entry.bytes("read-buffer", size))
			.to(settings::readBuffer);
		this.map.from(() -> new SocketOptionsMapper(entry).map()).to(settings::socketOptions);
		this.map.from(properties::getDispatch).to(settings::dispatch);
		this.map.from(properties::getOnHandlerError).to(settings::onHandlerError);
		this.map.from(properties.getOutbound()::getMaxPending)
			.as((size) -> entry.bytes("outbound.max-pending", size))
			.to(settings::maxPending);
		this.map.from(properties.getOutbound()::getSlowConsumer).to(settings::slowConsumer);
		this.map.from(properties::getFrameTimeout).to(settings::frameTimeout);
		this.map.from(properties::getIdleTimeout).to(settings::idleTimeout);
		this.map.from(properties::getWriteTimeout).to(settings::writeTimeout);
		this.map.from(() -> HeartbeatMapper.map(entry)).to(settings::heartbeat);
		this.map.from(properties::getRequestTimeout).to(settings::requestTimeout);
		this.map.from(properties::getMaxPendingRequests).to(settings::maxPendingRequests);
		this.endpoints.map(entry, settings);
	}

	private static void peers(List<Peer> peers, TcpClientSettings.Builder settings) {
		settings.host(peers.get(0).host()).port(peers.get(0).port()).alternatives(peers.subList(1, peers.size()));
	}

	private static void refuseKeysOfRejections(BoundEntry<TcpServerProperties> entry) {
		TcpServerProperties properties = entry.properties();
		if (properties.getWhenFull() == WhenFull.WAIT && properties.getMaxConnectionsPerAddress() == null) {
			String reason = "with when-full=wait only max-connections-per-address rejects connections";
			entry.refuse("busy-message", reason);
			entry.refuse("reject-delay", reason);
		}
	}

}
