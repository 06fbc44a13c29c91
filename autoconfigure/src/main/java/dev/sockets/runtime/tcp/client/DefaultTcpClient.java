package dev.sockets.runtime.tcp.client;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import org.springframework.integration.ip.tcp.connection.AbstractClientConnectionFactory;
import org.springframework.messaging.MessageHandler;

import dev.sockets.EndpointKind;
import dev.sockets.EndpointState;
import dev.sockets.EndpointStatistics;
import dev.sockets.EndpointStatus;
import dev.sockets.Payloads;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.rpc.RpcPeer;
import dev.sockets.runtime.CodecPayloads;
import dev.sockets.runtime.EndpointCore;
import dev.sockets.runtime.EndpointEvents;
import dev.sockets.runtime.Lifecycle;
import dev.sockets.runtime.LifecycleSteps;
import dev.sockets.runtime.Outages;
import dev.sockets.runtime.InboundHandlers;
import dev.sockets.runtime.ReceivingEndpoint;
import dev.sockets.runtime.WireLog;
import dev.sockets.runtime.rpc.EndpointRpc;
import dev.sockets.runtime.tcp.ConnectionContext;
import dev.sockets.runtime.tcp.ConnectionRegistry;
import dev.sockets.runtime.tcp.ConnectionTotals;
import dev.sockets.runtime.tcp.ConnectionWork;
import dev.sockets.runtime.tcp.ContextRequests;
import dev.sockets.runtime.tcp.Deadlines;
import dev.sockets.runtime.tcp.DefaultConnection;
import dev.sockets.runtime.tcp.EndpointRuntime;
import dev.sockets.runtime.tcp.EndpointTls;
import dev.sockets.runtime.tcp.EotHook;
import dev.sockets.runtime.tcp.FrameHooks;
import dev.sockets.runtime.tcp.Handshakes;
import dev.sockets.runtime.tcp.Heartbeats;
import dev.sockets.runtime.tcp.IntegrationBridge;
import dev.sockets.runtime.tcp.MessageDispatch;
import dev.sockets.runtime.tcp.RpcEndpoints;
import dev.sockets.runtime.tcp.SendingMessageHandler;
import dev.sockets.runtime.trace.TracedEndpoint;
import dev.sockets.runtime.trace.WireTracer;
import dev.sockets.tcp.ConnectMode;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.Peer;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpClientSettings;
import dev.sockets.tcp.TlsSettings;

/**
 * A TCP client on the event loops.
 */
public final class DefaultTcpClient
		implements TcpClient, ContextRequests, ReceivingEndpoint<Connection>, TracedEndpoint, LifecycleSteps {

	private static final Duration GRACE = Duration.ofSeconds(30);

	private final TcpClientSettings settings;

	private final EndpointRuntime runtime;

	private final EndpointEvents events;

	private final Outages handling;

	private final ConnectionRegistry registry = new ConnectionRegistry();

	private final ConnectionContext context;

	private final EndpointCore core;

	private final ClientConnectionFactory factory;

	private final Connector connector;

	private final ConnectWait wait;

	private final @Nullable Demand demand;

	public DefaultTcpClient(TcpClientSettings settings, EndpointRuntime runtime) {
		this(settings, runtime, InetAddress::getAllByName);
	}

	public DefaultTcpClient(TcpClientSettings settings, EndpointRuntime runtime, HostResolver resolver) {
		this.settings = settings;
		this.runtime = runtime;
		this.events = runtime.events(this, settings.connection());
		this.handling = new Outages(this.events);
		IntegrationBridge integration = new IntegrationBridge();
		Leaving leaving = new Leaving(runtime.timer());
		this.connector = new Connector(this, settings, runtime, this.events, this.registry, resolver, leaving);
		this.wait = new ConnectWait(this, settings.holdTime());
		this.demand = (settings.connect() != ConnectMode.ALWAYS)
				? new Demand(this.connector, settings, this.wait, leaving, runtime.timer()) : null;
		MessageDispatch dispatch = runtime.dispatch(settings.name(), settings.connection(), this.events);
		dispatch.threads().tell(this.handling);
		EndpointRpc rpc = RpcEndpoints.of(settings.connection(), runtime, dispatch,
				new ClientRpcPeers(this.connector::connection, this.connector::notConnected), false, this.events.log());
		this.context = new ConnectionContext(settings.name(), settings.connection(),
				ConnectionContext.channelSettings(settings.connection()), this.events, dispatch,
				Deadlines.of(settings.connection(), null),
				FrameHooks.of(EotHook.of(settings.connection()), Heartbeats.of(settings.connection()),
						this.connector.busyDetector(), this.demand),
				null, this.registry, this.connector, rpc, Handshakes.of(settings),
				new WireLog(settings.name(), settings.connection()), new WireTracer(runtime.loops().memory()),
				EndpointTls.of(settings.connection(), true, runtime.tlsThreads()), integration,
				runtime.conversionService());
		this.connector.context(this.context);
		this.core = new EndpointCore(settings.name(), EndpointKind.TCP_CLIENT, settings.connection(), this.events,
				new Lifecycle(this, new ConnectionWork(runtime.loops(), this.registry, this.events), GRACE));
		this.factory = new ClientConnectionFactory(this, settings.host(), Math.max(settings.port(), 0), integration,
				runtime.application());
		integration.attach(this.factory, this.factory::view, runtime.application());
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
	public void start() {
		this.core.lifecycle().start((this.demand == null) ? this.connector::connectSoon : () -> {
		});
	}

	@Override
	public EndpointStatus status() {
		ConnectionTotals totals = this.registry.totals();
		DefaultConnection connection = this.connector.connection();
		return new EndpointStatus(getName(), EndpointKind.TCP_CLIENT, state(),
				(connection != null) ? connection.getRemoteAddress() : null, this.registry.size(), totals.opened(),
				totals.messagesReceived(), totals.messagesSent(), totals.bytesReceived(), totals.bytesSent(),
				this.events.failures().last());
	}

	@Override
	public Optional<Instant> getCertificateExpiry() {
		return Optional.ofNullable(this.settings.connection().tls()).flatMap(TlsSettings::expires);
	}

	@Override
	public EndpointStatistics statistics() {
		return this.registry.statistics(1, true, this.events, 0);
	}

	@Override
	public Connection connect() {
		return connect(this.settings.connectTimeout());
	}

	@Override
	public Connection connect(Duration timeout) {
		startToConnect();
		if (isConnected()) {
			throw new SocketOperationException(SocketErrorCode.ALREADY_CONNECTED, this + " is connected already");
		}
		return this.wait.get(this.connector.connect(timeout), timeout);
	}

	@Override
	public Connection connect(Peer peer) {
		startToConnect();
		if (isConnected()) {
			throw new SocketOperationException(SocketErrorCode.ALREADY_CONNECTED, this + " is connected already");
		}
		this.connector.choose(peer);
		return connect();
	}

	@Override
	public void disconnect() {
		this.connector.giveUp(SocketErrorCode.NOT_CONNECTED);
		DefaultConnection connection = this.connector.connection();
		if (connection != null) {
			connection.close();
		}
	}

	@Override
	public Connection reconnect() {
		startToConnect();
		this.connector.leave(this.settings.connectTimeout());
		return this.wait.get(this.connector.connect(this.settings.connectTimeout()), this.settings.connectTimeout());
	}

	@Override
	public boolean isConnected() {
		return this.connector.connection() != null;
	}

	@Override
	public boolean isConnecting() {
		return this.connector.isConnecting();
	}

	@Override
	public Optional<Connection> getConnection() {
		return Optional.ofNullable(this.connector.connection());
	}

	@Override
	public void send(@Nullable Object payload) {
		if (this.demand == null) {
			requireConnection().send(payload);
			return;
		}
		this.demand.call((connection) -> {
			connection.send(payload);
			return true;
		}, (connection) -> connection.sendAsync(payload).thenApply((sent) -> true),
				this.settings.connectTimeout().plus(this.settings.connection().timeouts().write()));
	}

	@Override
	public CompletableFuture<Void> sendAsync(@Nullable Object payload) {
		if (this.demand != null) {
			return this.demand.submit((connection) -> connection.sendAsync(payload));
		}
		return this.connector.sender().send(Objects.requireNonNullElse(payload, Optional.empty()));
	}

	@Override
	public ConnectionContext context() {
		return this.context;
	}

	@Override
	public <T extends @Nullable Object> T ask(@Nullable Object payload, Duration timeout, boolean exact) {
		if (this.demand == null) {
			return requireConnection().ask(payload, timeout, exact);
		}
		return this.demand.<T>call((connection) -> connection.ask(payload, timeout, exact),
				(connection) -> connection.askAsync(payload, timeout, exact), timeout);
	}

	@Override
	public <T extends @Nullable Object> CompletableFuture<T> askAsync(@Nullable Object payload, Duration timeout,
			boolean exact) {
		if (this.demand != null) {
			return this.demand.<T>submit(timeout, (connection) -> connection.askAsync(payload, timeout, exact));
		}
		DefaultConnection connection = this.connector.connection();
		return (connection != null) ? connection.askAsync(payload, timeout, exact)
				: CompletableFuture.failedFuture(this.connector.notConnected());
	}

	@Override
	public <T> @Nullable T convert(@Nullable Object payload, Class<T> type) {
		return this.context.convert(payload, type, payloads());
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
		return new SendingMessageHandler(this,
				(id) -> (id == null && this.demand != null) ? Optional.of(obtainConnection())
						: getConnection().filter((connection) -> id == null || id.equals(connection.getId())));
	}

	@Override
	public AbstractClientConnectionFactory getConnectionFactory() {
		return this.factory;
	}

	/**
	 * Returns the open connection, and connects if there is none.
	 * @return the connection
	 */
	DefaultConnection obtainConnection() {
		this.wait.require();
		return this.wait.get(this.connector.connect(this.settings.connectTimeout()), this.settings.connectTimeout());
	}

	@Override
	public void open() {
		this.context.dispatch().threads().begin();
		this.factory.running(true);
	}

	@Override
	public void opened() {
		this.connector.news().started(this.settings);
		this.core.started(null);
	}

	@Override
	public CompletableFuture<Void> beginClosing() {
		this.core.stopping();
		this.connector.giveUp(SocketErrorCode.SHUTTING_DOWN);
		if (this.demand != null) {
			this.demand.stop(new SocketOperationException(SocketErrorCode.SHUTTING_DOWN, this + " is not connected"));
		}
		this.registry.all().forEach(DefaultConnection::shutDown);
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public void closed() {
		this.factory.running(false);
		this.core.stopped(null);
	}

	private void startToConnect() {
		this.wait.require();
		if (this.core.lifecycle().isStopping()) {
			throw new SocketOperationException(SocketErrorCode.SHUTTING_DOWN, this + " is stopping");
		}
		this.core.lifecycle().start();
	}

	private DefaultConnection requireConnection() {
		DefaultConnection connection = this.connector.connection();
		if (connection == null) {
			throw this.connector.notConnected();
		}
		return connection;
	}

	private EndpointState state() {
		if (isConnected()) {
			return this.core.state(this.handling.any() ? EndpointState.FAILING : EndpointState.CONNECTED);
		}
		if (this.demand != null) {
			return this.core.state(this.connector.isFailing() ? EndpointState.DISCONNECTED : EndpointState.READY);
		}
		if (isConnecting()) {
			return this.core.state(EndpointState.CONNECTING);
		}
		return this.core
			.state(this.connector.busyDetector().isOccupied() ? EndpointState.OCCUPIED : EndpointState.DISCONNECTED);
	}

	@Override
	public String toString() {
		return this.core.toString();
	}

}
