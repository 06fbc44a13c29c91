package dev.sockets.runtime.multicast;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import dev.sockets.EndpointKind;
import dev.sockets.EndpointState;
import dev.sockets.EndpointStatistics;
import dev.sockets.EndpointStatus;
import dev.sockets.InboundHandler;
import dev.sockets.MessagePeer;
import dev.sockets.SocketOperationException;
import dev.sockets.multicast.MulticastReceiver;
import dev.sockets.multicast.MulticastReceiverSettings;
import dev.sockets.runtime.EndpointCore;
import dev.sockets.runtime.EndpointEvents;
import dev.sockets.runtime.Lifecycle;
import dev.sockets.runtime.LifecycleSteps;
import dev.sockets.runtime.Outages;
import dev.sockets.runtime.RuntimeEndpoint;
import dev.sockets.runtime.SafeLog;
import dev.sockets.runtime.WireLog;

/**
 * A multicast receiver. Each start makes a new {@link ReceiverSession}.
 */
final class DefaultMulticastReceiver implements MulticastReceiver, RuntimeEndpoint, LifecycleSteps {

	/** How long stopping waits for handlers, before it drops what waits. */
	private static final Duration GRACE = Duration.ofSeconds(5);

	private static final SafeLog logger = SafeLog.of(MulticastReceiver.class);

	private final MulticastReceiverSettings settings;

	private final MulticastRuntime runtime;

	private final EndpointEvents events;

	private final Outages outages;

	private final ReceiverCounters counters = new ReceiverCounters();

	private final Delivery delivery;

	private final ReceiverWork work;

	private final EndpointCore core;

	private final RepeatedCheck check;

	/** Held while a session begins or ends, joins, leaves or looks at the interfaces. */
	private final ReentrantLock lock = new ReentrantLock();

	private final WantedGroups groups;

	private volatile @Nullable ReceiverSession session;

	private volatile @Nullable InetSocketAddress address;

	DefaultMulticastReceiver(MulticastReceiverSettings settings, MulticastRuntime runtime) {
		this.settings = settings;
		this.runtime = runtime;
		this.check = new RepeatedCheck(runtime.checks());
		this.events = runtime.receiverEvents(this, settings.datagrams());
		this.outages = new Outages(this.events);
		this.delivery = new Delivery(settings, this.events, this.counters,
				new WireLog(settings.name(), settings.datagrams()));
		this.work = new ReceiverWork(this.events);
		this.core = new EndpointCore(settings.name(), EndpointKind.MULTICAST_RECEIVER, settings.datagrams(),
				this.events, new Lifecycle(this, this.work, GRACE));
		this.groups = new WantedGroups(settings.name(), settings.groups());
	}

	@Override
	public EndpointCore core() {
		return this.core;
	}

	@Override
	public void open() {
		this.lock.lock();
		try {
			ReceiverSession opened = new ReceiverSession(this.settings, this.runtime, this.delivery, this.events,
					this.counters, this.outages);
			opened.open(this.groups.all());
			this.session = opened;
			this.address = opened.address();
		}
		catch (CannotJoinException ex) {
			throw this.core.startFailed(
					ex.startFailure(this.settings.datagrams().path(), new InetSocketAddress(this.settings.port())));
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void opened() {
		ReceiverSession opened = Objects.requireNonNull(this.session, "opened");
		log(opened);
		this.core.started(this.address);
		this.lock.lock();
		try {
			opened.run();
		}
		finally {
			this.lock.unlock();
		}
		this.check.begin(() -> check(opened));
		this.events.whenTold().join();
	}

	private void log(ReceiverSession opened) {
		logger.info(this + " receives " + String.join(", ", getGroups()) + " on port " + opened.address().getPort());
		int granted = opened.grantedReceiveBuffer();
		if (granted < this.settings.receiveBuffer()) {
			logger.info(this + " has a receive buffer of " + granted + " bytes, not of " + this.settings.receiveBuffer()
					+ ": the system grants no more (on Linux see net.core.rmem_max), so bursts may be lost");
		}
	}

	@Override
	public CompletableFuture<Void> beginClosing() {
		this.core.stopping();
		this.check.end();
		this.lock.lock();
		try {
			ReceiverSession running = this.session;
			if (running != null) {
				this.session = null;
				this.work.end(running);
			}
		}
		finally {
			this.lock.unlock();
		}
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public void closed() {
		this.work.close();
		this.outages.clear();
		logger.info(this + " has stopped");
		this.core.stopped(this.address);
	}

	@Override
	public void join(String... groups) {
		this.lock.lock();
		try {
			List<Group> joining = this.groups.requireNew(groups);
			joinAll(joining);
			this.groups.add(joining);
		}
		finally {
			this.lock.unlock();
		}
		this.events.whenTold().join();
	}

	private void joinAll(List<Group> joining) {
		ReceiverSession running = this.session;
		if (running == null) {
			return;
		}
		try {
			for (Group group : joining) {
				running.join(group);
			}
		}
		catch (CannotJoinException ex) {
			joining.forEach(running::leave);
			throw new SocketOperationException(ex.code(), "'" + getName() + "': " + ex.problem(), ex.getCause());
		}
	}

	@Override
	public void leave(String... groups) {
		this.lock.lock();
		try {
			ReceiverSession running = this.session;
			for (Group group : this.groups.requireKnown(groups)) {
				this.groups.remove(group);
				if (running != null) {
					running.leave(group);
				}
			}
		}
		finally {
			this.lock.unlock();
		}
		this.events.whenTold().join();
	}

	@Override
	public List<String> getGroups() {
		return this.groups.texts();
	}

	@Override
	public InetSocketAddress getLocalAddress() {
		ReceiverSession running = this.session;
		if (running == null) {
			throw new IllegalStateException(this + " is not running");
		}
		return running.address();
	}

	@Override
	public void addHandler(InboundHandler<? super MessagePeer> handler) {
		this.delivery.handlers().add(handler);
	}

	@Override
	public void addRoute(String value, InboundHandler<? super MessagePeer> handler) {
		this.delivery.handlers().addRoute(value, handler);
	}

	@Override
	public boolean removeHandler(InboundHandler<? super MessagePeer> handler) {
		return this.delivery.handlers().remove(handler);
	}

	@Override
	public EndpointStatistics statistics() {
		ReceiverSession running = this.session;
		return this.counters.statistics((running != null) ? running.queued() : 0, this.events);
	}

	@Override
	public EndpointStatus status() {
		ReceiverSession running = this.session;
		EndpointStatistics.Messages messages = this.counters.messages().sums();
		return new EndpointStatus(getName(), EndpointKind.MULTICAST_RECEIVER,
				this.core.state(this.outages.any() ? EndpointState.FAILING : EndpointState.LISTENING),
				(running != null) ? running.address() : null, 0, 0, messages.received(), messages.sent(),
				messages.bytesReceived(), messages.bytesSent(), this.events.failures().last());
	}

	private void check(ReceiverSession running) {
		if (this.lock.tryLock()) {
			try {
				if (this.session == running) {
					running.check();
				}
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	@Override
	public String toString() {
		return this.core.toString();
	}

}
