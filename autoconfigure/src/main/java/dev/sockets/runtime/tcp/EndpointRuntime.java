package dev.sockets.runtime.tcp;

import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.support.DefaultConversionService;

import dev.sockets.HandlerExecutorProvider;
import dev.sockets.SocketEndpoint;
import dev.sockets.loop.EventLoop;
import dev.sockets.loop.EventLoopGroup;
import dev.sockets.loop.MemoryShare;
import dev.sockets.runtime.BoundedInbox;
import dev.sockets.runtime.EndpointEvents;
import dev.sockets.runtime.EventInterest;
import dev.sockets.runtime.InboxMemory;
import dev.sockets.runtime.backplane.Backplane;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.MessageObserver;

/**
 * What all TCP endpoints of an application share.
 */
public final class EndpointRuntime {

	private static final int NODE_LENGTH = 9;

	private static final long NODES = 101_559_956_668_416L;

	private final EventLoopGroup loops;

	private final HandlerExecutorProvider executors;

	private final Executor clientThreads = new BackgroundThreads("sockets-client");

	private final Executor lookupThreads = new BackgroundThreads("sockets-lookup");

	private final Executor tlsThreads = new BackgroundThreads("sockets-tls",
			Runtime.getRuntime().availableProcessors());

	private final Executor timerThreads = new BackgroundThreads("sockets-timer");

	private final RunningServers servers = new RunningServers();

	private final ApplicationContext application;

	private final EventInterest interest;

	private final MessageObserver observer;

	private final String node;

	private final @Nullable Backplane backplane;

	private final AtomicLong sequence = new AtomicLong();

	/**
	 * Creates what endpoints share.
	 * @param loops the event loops
	 * @param executors asked by each endpoint, whenever it starts, for what runs its
	 * handlers that are not run by the event loops
	 * @param application where the endpoints publish their events
	 * @param observer told of each message
	 */
	public EndpointRuntime(EventLoopGroup loops, HandlerExecutorProvider executors, ApplicationContext application,
			MessageObserver observer) {
		this(loops, executors, application, observer, newNode(), null);
	}

	/**
	 * Creates what endpoints share on one of several nodes.
	 * @param loops the event loops
	 * @param executors asked by each endpoint for what runs its handlers
	 * @param application where the endpoints publish their events
	 * @param observer told of each message
	 * @param node what this node is called
	 * @param backplane leads to the others; {@code null} when there are none
	 */
	public EndpointRuntime(EventLoopGroup loops, HandlerExecutorProvider executors, ApplicationContext application,
			MessageObserver observer, String node, @Nullable Backplane backplane) {
		this.node = node;
		this.backplane = backplane;
		this.loops = loops;
		this.executors = executors;
		this.application = application;
		this.observer = observer;
		this.interest = new EventInterest(application, loops::nanos);
	}

	/** Returns an id for a node that has none: so long that no other one has it. */
	public static String newNode() {
		String digits = Long.toString(ThreadLocalRandom.current().nextLong(NODES), 36);
		return "0".repeat(NODE_LENGTH - digits.length()) + digits;
	}

	/** Returns what leads to other nodes; {@code null} when there are none. */
	public @Nullable Backplane backplane() {
		return this.backplane;
	}

	public EventLoopGroup loops() {
		return this.loops;
	}

	/**
	 * Returns what gets connections for clients.
	 * @return threads that don't run handlers, but listeners of events about it
	 */
	public Executor clientThreads() {
		return this.clientThreads;
	}

	/**
	 * Returns what looks up names.
	 * @return threads that run nothing else, as that may take long
	 */
	public Executor lookupThreads() {
		return this.lookupThreads;
	}

	/**
	 * Returns what does the sums of TLS handshakes.
	 * @return as many threads as there are processors
	 */
	public Executor tlsThreads() {
		return this.tlsThreads;
	}

	/**
	 * Returns what waits for peers.
	 * @return has threads for who is told that a peer was late, and may block them
	 */
	public FairTimer timer() {
		return new FairTimer(this.loops::peerNanos, this.timerThreads);
	}

	/** Returns the servers that run. */
	public RunningServers servers() {
		return this.servers;
	}

	public ApplicationContext application() {
		return this.application;
	}

	/**
	 * Returns what converts payloads.
	 * @return the application's conversion service, or a default one
	 */
	public ConversionService conversionService() {
		ConversionService conversionService = (this.application
			.getAutowireCapableBeanFactory() instanceof ConfigurableBeanFactory beans) ? beans.getConversionService()
					: null;
		return (conversionService != null) ? conversionService : DefaultConversionService.getSharedInstance();
	}

	/**
	 * Returns what this application is called among several.
	 * @return its id, with which those of its connections begin
	 */
	public String node() {
		return this.node;
	}

	public String nextId() {
		return this.node + "-" + this.sequence.incrementAndGet();
	}

	public EndpointEvents events(SocketEndpoint endpoint, ConnectionSettings settings) {
		MemoryShare memory = this.loops.memory().keptForLater();
		return new EndpointEvents(endpoint, settings,
				BoundedInbox.of(settings.inboxCapacity(), settings.inboxOverflow(),
						new InboxMemory(memory::isUsedUp, memory::add)),
				EventLoop::mayWait, this.application, this.interest, this.loops.clock());
	}

	public MessageDispatch dispatch(String name, ConnectionSettings settings, EndpointEvents events) {
		MessageThreads threads = new MessageThreads(() -> this.executors.getExecutor(name), this.loops::peerNanos);
		return new MessageDispatch(settings, threads, GuardedObserver.of(this.observer, events));
	}

}
