package dev.sockets.autoconfigure.binding;

import java.nio.file.Path;
import java.util.List;

import org.springframework.beans.factory.ListableBeanFactory;

import dev.sockets.autoconfigure.properties.TcpClientProperties;
import dev.sockets.autoconfigure.properties.TcpConnectionProperties;
import dev.sockets.autoconfigure.properties.TcpServerProperties;
import dev.sockets.codec.Codec;
import dev.sockets.framing.Framing;
import dev.sockets.rpc.RpcSettings;
import dev.sockets.rpc.WireFormat;
import dev.sockets.tcp.ConnectMode;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.Dispatch;
import dev.sockets.tcp.Peer;
import dev.sockets.tcp.Reconnect;
import dev.sockets.tcp.TcpClientSettings;
import dev.sockets.tcp.TcpServerSettings;
import dev.sockets.tcp.WhenFull;

/**
 * Maps properties to settings, one line each.
 */
public final class TcpSettingsMapper {

	private final EndpointSettingsMapper endpoints = new EndpointSettingsMapper();

	private final BuiltInNames names;

	private final GracePeriodMapper grace;

	private final FramingResolver framings;

	private final CodecResolver codecs;

	private final CorrelationMapper correlations;

	private final TlsMapper tls;

	private final HandshakeMapper handshakes;

	private final LoginMapper logins;

	public TcpSettingsMapper(ListableBeanFactory beanFactory) {
		NamedBeans beans = new NamedBeans(beanFactory);
		this.names = new BuiltInNames(beans);
		this.grace = new GracePeriodMapper(beans);
		this.framings = new FramingResolver(beans);
		this.codecs = new CodecResolver(beans);
		this.tls = new TlsMapper(beans);
		this.correlations = new CorrelationMapper(beans);
		this.handshakes = new HandshakeMapper(beans);
		this.logins = new LoginMapper(beans);
	}

	public TcpServerSettings.Builder server(BoundEntry<TcpServerProperties> entry) {
		this.names.canonical(entry);
		TcpServerProperties properties = entry.properties();
		TcpServerSettings.Builder settings = TcpServerSettings.builder(entry.name());
		listen(entry, settings);
		settings.backlog(properties.getBacklog());
		settings.maxConnections(properties.getMaxConnections());
		settings.members((members) -> members.maxGroups(properties.getMaxGroups()).backplane(properties.isBackplane()));
		settings.whenFull(properties.getWhenFull());
		settings.busyMessage(FixedMessages.encodeIfAny(entry, "busy-message", properties.getBusyMessage()));
		settings.rejectDelay(properties.getRejectDelay());
		settings.firstDataTimeout(properties.getFirstDataTimeout());
		settings.handshakeTimeout(properties.getHandshakeTimeout());
		settings.duplicateSession(properties.getSession().getDuplicate());
		settings.shutdownGrace(this.grace.map(entry));
		settings.goodbyeMessage(FixedMessages.encodeIfAny(entry, "goodbye-message", properties.getGoodbyeMessage()));
		settings.access((access) -> AccessMapper.map(entry, access));
		this.logins.map(entry, settings);
		refuseKeysOfRejections(entry);
		if (properties.getRpc().getWireFormat() != WireFormat.TCPTALKS && !HandshakeMapper.isAny(properties)
				&& properties.getAuthenticator() == null) {
			entry.refuse("handshake-timeout",
					"only with password, authenticator, handshake, session or profile tcptalks peers have to authenticate");
		}
		return settings.connection((connection) -> connection(entry, connection, properties.getPath() == null));
	}

	private static void listen(BoundEntry<TcpServerProperties> entry, TcpServerSettings.Builder settings) {
		TcpServerProperties properties = entry.properties();
		Path path = UnixPaths.server(entry);
		if (path != null) {
			settings.path(path).pathPermissions(UnixPaths.permissions(entry));
			return;
		}
		HostNames.check(entry, properties.getHost());
		settings.host(properties.getHost());
		if (properties.getPort() != null) {
			settings.port(properties.getPort());
		}
		List<Integer> ports = ListeningPorts.resolve(entry);
		if (!ports.isEmpty()) {
			settings.ports(ports);
		}
		settings.maxConnectionsPerAddress(AccessMapper.maxConnectionsPerAddress(entry));
	}

	public TcpClientSettings.Builder client(BoundEntry<TcpClientProperties> entry) {
		this.names.canonical(entry);
		TcpClientProperties properties = entry.properties();
		TcpClientSettings.Builder settings = TcpClientSettings.builder(entry.name());
		connect(entry, settings);
		settings.connectTimeout(properties.getConnectTimeout());
		settings.reconnect(ReconnectMapper.map(entry));
		connectMode(entry, settings);
		settings.busyMessage(FixedMessages.encodeIfAny(entry, "busy-message", properties.getBusyMessage()));
		settings.occupiedWithin(properties.getOccupiedWithin());
		settings.holdConnected(properties.isHoldConnected());
		if (properties.getOccupiedWithin() == null) {
			entry.refuse("hold-connected",
					"without occupied-within no server is taken for full because of its silence");
		}
		entry.refuse("session.duplicate", "only the connections of a server are bound to names");
		settings.retryConnect(properties.isRetryConnect());
		this.logins.map(entry, settings);
		if (properties.getConnect() == ConnectMode.ALWAYS) {
			settings.bufferWhenDisconnected(entry.bytesOrNone("outbound.buffer-when-disconnected",
					properties.getOutbound().getBufferWhenDisconnected()));
		}
		return settings.connection((connection) -> connection(entry, connection, properties.getPath() == null));
	}

	private static void connect(BoundEntry<TcpClientProperties> entry, TcpClientSettings.Builder settings) {
		TcpClientProperties properties = entry.properties();
		Path path = UnixPaths.client(entry);
		if (path != null) {
			settings.path(path);
			return;
		}
		HostNames.check(entry, properties.getHost());
		settings.host(properties.getHost());
		if (properties.getPort() != null) {
			settings.port(properties.getPort());
		}
		List<Peer> peers = PeerAddresses.resolve(entry);
		if (!peers.isEmpty()) {
			settings.host(peers.get(0).host()).port(peers.get(0).port()).alternatives(peers.subList(1, peers.size()));
		}
		settings.localAddress(properties.getLocalAddress());
		settings.localPort(properties.getLocalPort());
	}

	private static void connectMode(BoundEntry<TcpClientProperties> entry, TcpClientSettings.Builder settings) {
		ConnectMode connect = entry.properties().getConnect();
		settings.connect(connect);
		String label = "with connect=" + Labels.of(connect);
		if (connect == ConnectMode.ON_DEMAND) {
			settings.idleDisconnect(entry.properties().getIdleDisconnect());
		}
		else {
			entry.refuse("idle-disconnect", label + " connections are not kept until they are idle");
		}
		if (connect != ConnectMode.ALWAYS) {
			entry.refuse("reconnect", label + " the client does not connect by itself");
			entry.refuse("outbound.buffer-when-disconnected", label + " what is sent makes a connection");
			settings.reconnect(Reconnect.OFF);
		}
	}

	private void connection(BoundEntry<? extends TcpConnectionProperties> entry, ConnectionSettings.Builder settings,
			boolean tcp) {
		TcpConnectionProperties properties = entry.properties();
		Framing framing = this.framings.resolve(entry);
		settings.framing(framing);
		Codec codec = this.codecs.resolve(entry, ProfileValues.codec(entry), ProfileValues.framing(entry));
		settings.codec(codec);
		settings.mdc(properties.isMdc());
		settings.routeBy(RouteKeyMapper.map(entry, properties.getRouteBy(), ProfileValues.codec(entry), codec));
		settings.closeOnEot(properties.isCloseOnEot());
		FrameSizes sizes = new FrameSizes(entry, framing);
		settings.maxFrameSize(sizes.most());
		settings.readBuffer(entry.bytes("read-buffer", properties.getReadBuffer()));
		settings.socketOptions(new SocketOptionsMapper(entry).map(tcp));
		settings.dispatch(properties.getDispatch());
		settings.readAhead(properties.isReadAhead());
		if (properties.getDispatch() == Dispatch.LOOP) {
			entry.refuse("read-ahead", "with dispatch=loop each message is handled before the next is looked for");
		}
		settings.onHandlerError(properties.getOnHandlerError());
		settings.maxPending(entry.bytes("outbound.max-pending", properties.getOutbound().getMaxPending()));
		settings.slowConsumer(properties.getOutbound().getSlowConsumer());
		settings.maxMessageSize(sizes.mostSent());
		settings.frameTimeout(properties.getFrameTimeout());
		settings.idleTimeout(properties.getIdleTimeout());
		settings.readTimeout(properties.getReadTimeout());
		settings.maxConnectionAge(properties.getMaxConnectionAge());
		settings.writeTimeout(properties.getWriteTimeout());
		settings.heartbeat(HeartbeatMapper.map(entry));
		settings.requestTimeout(properties.getRequestTimeout());
		settings.maxPendingRequests(properties.getMaxPendingRequests());
		settings.requestMatching(this.correlations.map(entry));
		settings.replyOrder(properties.getReplyOrder());
		settings.onPeerEnd(properties.getOnPeerEnd());
		RpcSettings rpc = RpcMapper.map(entry);
		if (rpc != null) {
			entry.refuse("read-ahead", "requests by opcode do not wait for each other");
		}
		settings.rpc(rpc);
		settings.handshake(this.handshakes.handshake(entry));
		settings.session(HandshakeMapper.session(entry));
		settings.password(properties.getPassword());
		settings.acknowledge(AcknowledgeMapper.map(entry));
		settings.hl7Ack(AcknowledgeMapper.hl7(entry));
		settings.tls(this.tls.map(entry));
		this.endpoints.map(entry, settings);
	}

	private static void refuseKeysOfRejections(BoundEntry<TcpServerProperties> entry) {
		TcpServerProperties properties = entry.properties();
		if (properties.getWhenFull() != WhenFull.REJECT && properties.getMaxConnectionsPerAddress() == null) {
			String reason = "with when-full=" + Labels.of(properties.getWhenFull())
					+ " only max-connections-per-address rejects connections";
			entry.refuse("busy-message", reason);
			entry.refuse("reject-delay", reason);
		}
	}

}
