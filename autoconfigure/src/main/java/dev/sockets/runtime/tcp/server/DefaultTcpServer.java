package dev.sockets.runtime.tcp.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import org.springframework.integration.ip.tcp.connection.AbstractServerConnectionFactory;
import org.springframework.messaging.MessageHandler;

import dev.sockets.EndpointKind;
import dev.sockets.EndpointStartException;
import dev.sockets.EndpointState;
import dev.sockets.EndpointStatistics;
import dev.sockets.EndpointStatus;
import dev.sockets.Payloads;
import dev.sockets.loop.EventLoopGroup;
import dev.sockets.rpc.RpcPeer;
import dev.sockets.runtime.CodecPayloads;
import dev.sockets.runtime.EndpointCore;
import dev.sockets.runtime.EndpointEvents;
import dev.sockets.runtime.Lifecycle;
import dev.sockets.runtime.LifecycleSteps;
import dev.sockets.runtime.LifecycleWork;
import dev.sockets.runtime.Outages;
import dev.sockets.runtime.InboundHandlers;
import dev.sockets.runtime.ReceivingEndpoint;
import dev.sockets.runtime.SafeLog;
import dev.sockets.runtime.WireLog;
import dev.sockets.runtime.rpc.EndpointRpc;
import dev.sockets.runtime.tcp.ConnectionContext;
import dev.sockets.runtime.tcp.ConnectionRegistry;
import dev.sockets.runtime.tcp.ConnectionTotals;
import dev.sockets.runtime.tcp.ConnectionWork;
import dev.sockets.runtime.tcp.Deadlines;
import dev.sockets.runtime.tcp.DefaultConnection;
import dev.sockets.runtime.tcp.EndpointRuntime;
import dev.sockets.runtime.tcp.EndpointTls;
import dev.sockets.runtime.tcp.EotHook;
import dev.sockets.runtime.tcp.FrameEncoder;
import dev.sockets.runtime.tcp.FrameHooks;
import dev.sockets.runtime.tcp.Handshakes;
import dev.sockets.runtime.tcp.Heartbeats;
import dev.sockets.runtime.tcp.InboundRate;
import dev.sockets.runtime.tcp.IntegrationBridge;
import dev.sockets.runtime.tcp.MessageDispatch;
import dev.sockets.runtime.tcp.RpcEndpoints;
import dev.sockets.runtime.tcp.RunningServers;
import dev.sockets.runtime.tcp.SendingMessageHandler;
import dev.sockets.runtime.trace.TracedEndpoint;
import dev.sockets.runtime.trace.WireTracer;
import dev.sockets.tcp.Audience;
import dev.sockets.tcp.Ban;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.Group;
import dev.sockets.tcp.Presence;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;
import dev.sockets.tcp.TlsSettings;

/**
 * A TCP server on the event loops.
 */
public final class DefaultTcpServer
		implements TcpServer, ReceivingEndpoint<Connection>, TracedEndpoint, LifecycleSteps {

	private static final SafeLog logger = SafeLog.of(TcpServer.class);

	private final TcpServerSettings settings;

	private final EventLoopGroup loops;

	private final RunningServers servers;

	private final EndpointEvents events;

	private final Outages handling;

	private final ConnectionRegistry registry = new ConnectionRegistry();

	private final ServerConnections connections;

	private final Audiences audiences;

	private final ConnectionContext context;

	private final ServerAcceptor acceptor;

	private final EndpointCore core;

	private final ServerConnectionFactory factory;

	private final ListeningAddresses addresses = new ListeningAddresses();

	public DefaultTcpServer(TcpServerSettings settings, EndpointRuntime runtime) {
		this.settings = settings;
		this.loops = runtime.loops();
		this.servers = runtime.servers();
		this.events = runtime.events(this, settings.connection());
		this.handling = new Outages(this.events);
		LocalNode node = new LocalNode(runtime.node(), runtime.application(),
				settings.members().backplane() ? runtime.backplane() : null);
		this.connections = new ServerConnections(this, settings, node, this.registry, this.events, this::isStopping,
				this::acceptor);
		this.audiences = new Audiences(settings, node, this.registry, this.connections, this.events.log());
		IntegrationBridge integration = new IntegrationBridge();
		MessageDispatch dispatch = runtime.dispatch(settings.name(), settings.connection(), this.events);
		dispatch.threads().tell(this.handling);
		EndpointRpc rpc = RpcEndpoints.of(settings.connection(), runtime, dispatch,
				new ServerRpcPeers(settings.name(), this.registry), true, this.events.log());
		this.context = new ConnectionContext(settings.name(), settings.connection(),
				ConnectionContext.channelSettings(settings.connection()), this.events, dispatch,
				Deadlines.of(settings.connection(), settings.firstDataTimeout()),
				FrameHooks.of(InboundRate.of(settings.access().inbound()), EotHook.of(settings.connection()),
						Heartbeats.of(settings.connection())),
				frame(settings.goodbyeMessage()), this.registry, this.connections, rpc,
				Handshakes.of(settings, dispatch.threads()), new WireLog(settings.name(), settings.connection()),
				new WireTracer(runtime.loops().memory()),
				EndpointTls.of(settings.connection(), false, runtime.tlsThreads()), integration,
				runtime.conversionService());
		this.acceptor = new ServerAcceptor(this, settings, runtime, this.context,
				new Rejector(settings, runtime, this.context.tls(), frame(settings.busyMessage())));
		LifecycleWork work = new ConnectionWork(runtime.loops(), this.registry, this.events);
		this.core = new EndpointCore(settings.name(), EndpointKind.TCP_SERVER, settings.connection(), this.events,
				new Lifecycle(this, work, settings.shutdownGrace()));
		this.factory = new ServerConnectionFactory(this, settings.port(), runtime.application());
		integration.attach(this.factory, this.factory::view, runtime.application());
	}

	/**
	 * Returns what lets connections in.
	 * @return always the same object
	 */
	public ServerAcceptor acceptor() {
		return this.acceptor;
	}

	@Override
	public EndpointCore core() {
		return this.core;
	}

	@Override
	public Payloads payloads() {
		return new CodecPayloads(this.settings.connection().codec());
	}

	@Override
	public WireTracer tracer() {
		return this.context.tracer();
	}

	@Override
	public EndpointStatus status() {
		ConnectionTotals totals = this.registry.totals();
		return new EndpointStatus(getName(), EndpointKind.TCP_SERVER, state(), this.addresses.first(),
				this.registry.size(), totals.opened(), totals.messagesReceived(), totals.messagesSent(),
				totals.bytesReceived(), totals.bytesSent(), this.events.failures().last());
	}

	@Override
	public Optional<Instant> getCertificateExpiry() {
		return Optional.ofNullable(this.settings.connection().tls()).flatMap(TlsSettings::expires);
	}

	@Override
	public EndpointStatistics statistics() {
		return this.registry.statistics(this.acceptor.limits().max(), false, this.events,
				this.acceptor.entrance().gate().banned());
	}

	@Override
	public InetSocketAddress getLocalAddress() {
		return getLocalAddresses().get(0);
	}

	@Override
	public List<InetSocketAddress> getLocalAddresses() {
		return this.addresses.require(this);
	}

	@Override
	public Collection<Connection> getConnections() {
		return List.copyOf(this.registry.all());
	}

	@Override
	public Optional<Connection> findConnection(String id) {
		return this.registry.find(id);
	}

	@Override
	public Optional<Connection> findConnection(InetSocketAddress remote) {
		return getConnections().stream()
			.filter((connection) -> connection.getRemoteAddress().equals(remote))
			.findFirst();
	}

	@Override
	public Optional<Connection> find(String name) {
		return this.connections.sessions().find(name);
	}

	@Override
	public Optional<Connection> findConnectionByPeerId(String peerId) {
		return this.registry.findByPeerId(peerId);
	}

	@Override
	public void pause() {
		this.acceptor.limits().paused(true);
	}

	@Override
	public void resume() {
		this.acceptor.limits().paused(false);
		this.acceptor.retry();
	}

	@Override
	public boolean isAccepting() {
		return isRunning() && !this.acceptor.limits().isPaused() && !this.acceptor.isFailing();
	}

	@Override
	public void setMaxConnections(int max) {
		if (max < 1) {
			throw new IllegalArgumentException("At least one connection must be allowed, not " + max);
		}
		this.acceptor.limits().max(max);
		adviseOnMemory();
		this.acceptor.retry();
	}

	@Override
	public List<Ban> getBans() {
		return this.acceptor.entrance().gate().bans();
	}

	@Override
	public boolean liftBan(InetAddress address) {
		return this.acceptor.entrance().gate().lift(address);
	}

	@Override
	public int broadcast(@Nullable Object payload) {
		return all().send(payload);
	}

	@Override
	public Audience all() {
		return this.audiences.all();
	}

	@Override
	public Group group(String name) {
		return this.audiences.group(name);
	}

	@Override
	public Audience user(String name) {
		return this.audiences.user(name);
	}

	@Override
	public Audience connection(String id) {
		return this.audiences.connection(id);
	}

	@Override
	public CompletableFuture<Void> sendAsync(String connectionId, @Nullable Object payload) {
		return this.audiences.sendAsync(connectionId, payload);
	}

	@Override
	public CompletableFuture<Boolean> kick(String connectionId) {
		return this.audiences.kick(connectionId);
	}

	@Override
	public Presence presence() {
		return this.audiences.presence();
	}

	@Override
	public void disconnectAll() {
		this.registry.all().forEach(DefaultConnection::kick);
	}

	@Override
	public RpcPeer rpc() {
		return RpcEndpoints.require(this.context.rpc(), this.settings.connection());
	}

	@Override
	public InboundHandlers<DefaultConnection> handlers() {
		return this.context.dispatch().handlers();
	}

	@Override
	public MessageHandler asMessageHandler() {
		return new SendingMessageHandler(this, (id) -> (id != null) ? findConnection(id) : Optional.empty());
	}

	@Override
	public AbstractServerConnectionFactory getConnectionFactory() {
		return this.factory;
	}

	@Override
	public void open() {
		this.context.dispatch().threads().begin();
		try {
			this.audiences
				.begin(() -> this.addresses.set(this.acceptor.bind(ListeningAddresses.wanted(this.settings))));
		}
		catch (EndpointStartException ex) {
			throw this.core.startFailed(ex);
		}
	}

	@Override
	public void opened() {
		logger.info(this + " listens on " + this.addresses
				+ ServerSettingsLine.of(this.settings, this.acceptor.limits().max()));
		adviseOnMemory();
		this.servers.add(this.registry);
		this.factory.started();
		this.core.started(getLocalAddress());
		this.acceptor.open();
	}

	private void adviseOnMemory() {
		MemoryAdvice.give(this, this.settings.connection(), this.acceptor.limits().max(), this.loops.memory().max());
	}

	@Override
	public CompletableFuture<Void> beginClosing() {
		this.core.stopping();
		CompletableFuture<Void> closed = this.acceptor.close();
		this.connections.abortHeld();
		this.registry.all().forEach(DefaultConnection::shutDown);
		return closed;
	}

	@Override
	public void closed() {
		InetSocketAddress address = this.addresses.first();
		this.acceptor.closed();
		this.audiences.end();
		this.servers.remove(this.registry);
		this.addresses.set(List.of());
		this.factory.stopped();
		logger.info(this + " has stopped");
		this.core.stopped(address);
	}

	private boolean isStopping() {
		return this.core.lifecycle().isStopping();
	}

	private EndpointState state() {
		EndpointState running = this.acceptor.limits().isPaused() ? EndpointState.PAUSED : EndpointState.LISTENING;
		boolean failing = this.acceptor.isFailing() || this.handling.any();
		return this.core.state(failing ? EndpointState.FAILING : running);
	}

	private @Nullable ByteBuffer frame(byte @Nullable [] payload) {
		return (payload != null) ? FrameEncoder.frame(this.settings.connection().framing(), payload) : null;
	}

	@Override
	public String toString() {
		return this.core.toString();
	}

}
