package dev.sockets.runtime.tcp;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.awaitility.Awaitility;

import org.springframework.context.ApplicationEvent;
import org.springframework.context.event.SmartApplicationListener;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.test.util.ReflectionTestUtils;

import dev.sockets.SocketEndpoint;
import dev.sockets.event.ConnectionEvent;
import dev.sockets.event.MessageEvent;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.event.SocketEvent;
import dev.sockets.loop.EventLoopGroup;
import dev.sockets.runtime.backplane.Backplane;
import dev.sockets.runtime.tcp.client.DefaultTcpClient;
import dev.sockets.runtime.tcp.server.DefaultTcpServer;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.MessageObserver;
import dev.sockets.tcp.Reconnect;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpClientSettings;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;
import dev.sockets.testkit.Patience;
import dev.sockets.testkit.TestedEngine;

/**
 * Endpoints without Spring Boot, whose rare events are recorded and whose messages go to
 * a handler of the test's.
 */
final class TestEndpoints implements AutoCloseable {

	static final Duration SOON = Patience.SOON;

	static {
		Patience.begin();
	}

	/** Threads that another test has left behind. */
	private final Set<Thread> before = new HashSet<>();

	private final GenericApplicationContext context;

	private final ExecutorService threads = handlerThreads();

	private final EndpointRuntime runtime;

	private final Deque<SocketEndpoint> opened = new ConcurrentLinkedDeque<>();

	private final Queue<SocketEvent> events = new ConcurrentLinkedQueue<>();

	private final Map<String, Consumer<MessageReceivedEvent<?>>> handlers = new ConcurrentHashMap<>();

	private volatile Consumer<SocketEvent> observer = this.events::add;

	TestEndpoints() {
		this(1);
	}

	TestEndpoints(int loops) {
		this(loops, null, new GenericApplicationContext());
	}

	/** Endpoints each run of which has threads of its own. */
	TestEndpoints(int loops, Supplier<Executor> executors) {
		this(TestedEngine.loops(loops), executors, new GenericApplicationContext(), MessageObserver.NONE);
	}

	TestEndpoints(EventLoopGroup loops) {
		this(loops, (Executor) null, new GenericApplicationContext(), MessageObserver.NONE);
	}

	TestEndpoints(int loops, Executor executor, GenericApplicationContext context) {
		this(loops, executor, context, MessageObserver.NONE);
	}

	TestEndpoints(int loops, Executor executor, GenericApplicationContext context, MessageObserver observer) {
		this(TestedEngine.loops(loops), executor, context, observer);
	}

	private TestEndpoints(EventLoopGroup loops, Executor executor, GenericApplicationContext context,
			MessageObserver observer) {
		this(loops, (executor != null) ? () -> executor : null, context, observer);
	}

	/** Endpoints on one of several nodes. */
	TestEndpoints(Backplane backplane) {
		this(TestedEngine.loops(1), null, new GenericApplicationContext(), MessageObserver.NONE, backplane.node(),
				backplane);
	}

	private TestEndpoints(EventLoopGroup loops, Supplier<Executor> executors, GenericApplicationContext context,
			MessageObserver observer) {
		this(loops, executors, context, observer, EndpointRuntime.newNode(), null);
	}

	private TestEndpoints(EventLoopGroup loops, Supplier<Executor> executors, GenericApplicationContext context,
			MessageObserver observer, String node, Backplane backplane) {
		this.before.addAll(engineThreads());
		this.context = context;
		this.runtime = new EndpointRuntime(loops, (endpoint) -> (executors != null) ? executors.get() : this.threads,
				context, observer, node, backplane);
		context.addApplicationListener(new MessageHandler());
		context.addApplicationListener(new EventRecorder((event) -> this.observer.accept(event)));
		context.refresh();
	}

	/**
	 * Virtual threads where there are some, and a cached pool elsewhere.
	 */
	static ExecutorService handlerThreads() {
		try {
			Method virtual = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
			return (ExecutorService) virtual.invoke(null);
		}
		catch (ReflectiveOperationException ex) {
			return Executors.newCachedThreadPool();
		}
	}

	GenericApplicationContext context() {
		return this.context;
	}

	TestEndpoints onMessage(Consumer<MessageReceivedEvent<?>> handler) {
		return onMessage("server", handler);
	}

	TestEndpoints onMessage(String endpoint, Consumer<MessageReceivedEvent<?>> handler) {
		this.handlers.put(endpoint, handler);
		return this;
	}

	TestEndpoints echo() {
		return onMessage((message) -> message.reply(message.getPayload()));
	}

	/** Calls an observer for each rare event, instead of recording it. */
	EndpointRuntime runtime() {
		return this.runtime;
	}

	TestEndpoints onEvent(Consumer<SocketEvent> observer) {
		this.observer = observer;
		return this;
	}

	TcpServer server() {
		return server((connection) -> {
		});
	}

	TcpServer server(Consumer<ConnectionSettings.Builder> connection) {
		return server("server", connection);
	}

	TcpServer server(String name, Consumer<ConnectionSettings.Builder> connection) {
		TcpServer server = newServer(name, 0, connection);
		server.start();
		return server;
	}

	/** Starts a server with settings of all kinds. */
	TcpServer serve(Consumer<TcpServerSettings.Builder> settings) {
		return serve("server", settings);
	}

	TcpServer serve(String name, Consumer<TcpServerSettings.Builder> settings) {
		TcpServerSettings.Builder builder = patient(name).port(0);
		settings.accept(builder);
		TcpServer server = add(new DefaultTcpServer(builder.build(), this.runtime));
		server.start();
		return server;
	}

	TcpServer newServer(String name, int port, Consumer<ConnectionSettings.Builder> connection) {
		return add(new DefaultTcpServer(patient(name).port(port).connection(connection).build(), this.runtime));
	}

	TcpServer newServer(String name, Consumer<TcpServerSettings.Builder> settings) {
		TcpServerSettings.Builder builder = patient(name);
		settings.accept(builder);
		return add(new DefaultTcpServer(builder.build(), this.runtime));
	}

	private static TcpServerSettings.Builder patient(String name) {
		return TcpServerSettings.builder(name)
			.host("127.0.0.1")
			.handshakeTimeout(SOON)
			.connection(TestEndpoints::patient);
	}

	private static void patient(ConnectionSettings.Builder connection) {
		connection.requestTimeout(SOON);
	}

	TcpClient newClient(TcpServer server) {
		return newClient("client", server.getLocalAddress().getPort(), (settings) -> {
		});
	}

	TcpClient newClient(String name, int port, Consumer<TcpClientSettings.Builder> settings) {
		TcpClientSettings.Builder builder = TcpClientSettings.builder(name)
			.host("127.0.0.1")
			.port(port)
			.reconnect(Reconnect.OFF)
			.connectTimeout(SOON)
			.connection(TestEndpoints::patient);
		settings.accept(builder);
		return add(new DefaultTcpClient(builder.build(), this.runtime));
	}

	/** Returns of how many connections a server keeps what they belong to. */
	int kept(TcpServer server) {
		Object connections = ReflectionTestUtils.getField(server, "connections");
		Object members = ReflectionTestUtils.getField(connections, "members");
		return ((Map<?, ?>) ReflectionTestUtils.getField(members, "memberships")).size();
	}

	/** Returns how much a server keeps of connections on other nodes. */
	int keptElsewhere(TcpServer server) {
		Object shared = ReflectionTestUtils.getField(ReflectionTestUtils.getField(server, "audiences"), "shared");
		Object remote = ReflectionTestUtils.getField(shared, "remote");
		return size(remote, "connections") + size(ReflectionTestUtils.getField(remote, "groups"), "members")
				+ size(ReflectionTestUtils.getField(remote, "users"), "members");
	}

	private static int size(Object object, String field) {
		return ((Map<?, ?>) ReflectionTestUtils.getField(object, field)).size();
	}

	Connection onlyConnection(TcpServer server) {
		Awaitility.await().atMost(SOON).until(() -> server.getConnections().size() == 1);
		return server.getConnections().iterator().next();
	}

	/** Returns the events recorded so far, without those of received messages. */
	List<SocketEvent> events() {
		return List.copyOf(this.events);
	}

	<E extends SocketEvent> List<E> events(Class<E> type) {
		return this.events.stream().filter(type::isInstance).map(type::cast).toList();
	}

	<E extends SocketEvent> E awaitEvent(Class<E> type) {
		return awaitEvents(type, 1).get(0);
	}

	<E extends SocketEvent> List<E> awaitEvents(Class<E> type, int count) {
		Awaitility.await().atMost(SOON).until(() -> events(type).size() >= count);
		return events(type);
	}

	/** Returns the simple names of the events of an endpoint, in order. */
	List<String> eventNames(String endpoint) {
		return this.events.stream()
			.filter((event) -> event.getEndpoint().equals(endpoint))
			.map((event) -> event.getClass().getSimpleName().replace("Event", ""))
			.toList();
	}

	List<String> eventNames(Connection connection) {
		return this.events.stream()
			.filter((event) -> isAbout(event, connection))
			.map((event) -> event.getClass().getSimpleName().replace("Event", ""))
			.toList();
	}

	private static boolean isAbout(SocketEvent event, Connection connection) {
		return (event instanceof ConnectionEvent about && about.getConnection() == connection)
				|| (event instanceof MessageEvent message && message.getPeer() == connection);
	}

	/** Blocks the calling handler. */
	static void block(long millis) {
		try {
			Thread.sleep(millis);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Sends to a peer that reads nothing, until its socket takes no more and as many
	 * bytes wait, or the connection has ended.
	 * @return how the sends end
	 */
	static List<CompletableFuture<Void>> fill(Connection connection, int waiting) {
		List<CompletableFuture<Void>> sent = new ArrayList<>();
		long before;
		do {
			while ((before = connection.getStatistics().pendingBytes()) < waiting && connection.isOpen()) {
				sent.add(connection.sendAsync("x".repeat(10_000)));
			}
		}
		while (takesMore(connection, before) && connection.isOpen());
		return sent;
	}

	/**
	 * Returns whether a socket takes more of what waits although its peer reads nothing:
	 * the system may give it room for a while after it was full.
	 */
	static boolean takesMore(Connection connection, long waiting) {
		AtomicLong present = new AtomicLong(waiting);
		Awaitility.await().during(Duration.ofMillis(50)).until(() -> {
			long pending = connection.getStatistics().pendingBytes();
			return present.getAndSet(pending) == pending;
		});
		LoopTurns.await(((DefaultConnection) connection).channel().loop());
		return connection.getStatistics().pendingBytes() < waiting;
	}

	List<Thread> engineThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("sockets-"))
			.filter((thread) -> !this.before.contains(thread))
			.toList();
	}

	List<Thread> loopThreads() {
		return engineThreads().stream().filter((thread) -> thread.getName().startsWith("sockets-loop")).toList();
	}

	static boolean onLoopThread() {
		return Thread.currentThread().getName().startsWith("sockets-loop");
	}

	private <E extends SocketEndpoint> E add(E endpoint) {
		this.opened.push(endpoint);
		return endpoint;
	}

	void stopAll() {
		this.opened.forEach(SocketEndpoint::stop);
	}

	@Override
	public void close() {
		stopAll();
		this.threads.shutdownNow();
		this.context.close();
		Awaitility.await("no thread is left").atMost(SOON).until(() -> engineThreads().isEmpty());
	}

	private final class MessageHandler implements SmartApplicationListener {

		@Override
		public boolean supportsEventType(Class<? extends ApplicationEvent> type) {
			return type == MessageReceivedEvent.class;
		}

		@Override
		public void onApplicationEvent(ApplicationEvent event) {
			MessageReceivedEvent<?> message = (MessageReceivedEvent<?>) event;
			Consumer<MessageReceivedEvent<?>> handler = TestEndpoints.this.handlers.get(message.getEndpoint());
			if (handler != null) {
				handler.accept(message);
			}
		}

	}

}
