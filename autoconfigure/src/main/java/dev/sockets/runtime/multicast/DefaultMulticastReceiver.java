package dev.sockets.runtime.multicast;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import dev.sockets.EndpointKind;
import dev.sockets.EndpointState;
import dev.sockets.EndpointStatistics;
import dev.sockets.EndpointStatus;
import dev.sockets.EventKind;
import dev.sockets.Failure;
import dev.sockets.Inbox;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.EndpointFailedEvent;
import dev.sockets.event.EndpointStartedEvent;
import dev.sockets.event.EndpointStoppedEvent;
import dev.sockets.multicast.DatagramHandler;
import dev.sockets.multicast.MulticastReceiver;
import dev.sockets.multicast.MulticastReceiverSettings;
import dev.sockets.multicast.MulticastStartException;
import dev.sockets.multicast.ReceiverStatistics;
import dev.sockets.runtime.EndpointEvents;
import dev.sockets.runtime.Outages;
import dev.sockets.runtime.Phases;

/**
 * A multicast receiver. Each start makes a new {@link ReceiverSession}.
 */
final class DefaultMulticastReceiver implements MulticastReceiver {

	/** How long stopping waits for handlers, before it drops what waits. */
	private static final long GRACE_SECONDS = 5;

	private static final Log logger = LogFactory.getLog(MulticastReceiver.class);

	private final MulticastReceiverSettings settings;

	private final MulticastRuntime runtime;

	private final EndpointEvents events;

	private final Outages outages;

	private final CoarseClock clock = new CoarseClock();

	private final ReceiverCounters counters = new ReceiverCounters();

	private final Delivery delivery;

	/** Held while it starts, stops, joins, leaves or looks at the interfaces. */
	private final ReentrantLock lock = new ReentrantLock();

	private final List<Group> groups = new CopyOnWriteArrayList<>();

	private volatile @Nullable ReceiverSession session;

	private volatile @Nullable ScheduledFuture<?> checks;

	private volatile CompletableFuture<Void> stopped = CompletableFuture.completedFuture(null);

	DefaultMulticastReceiver(MulticastReceiverSettings settings, MulticastRuntime runtime) {
		this.settings = settings;
		this.runtime = runtime;
		this.events = runtime.events(this, settings.datagrams(), this.clock);
		this.outages = new Outages(this.events);
		this.delivery = new Delivery(settings, this.events, this.counters);
		settings.groups().stream().map(Group::of).forEach(this.groups::add);
	}

	@Override
	public String getName() {
		return this.settings.name();
	}

	@Override
	public Map<String, Object> getUserData() {
		return this.settings.datagrams().userData();
	}

	@Override
	public Inbox inbox() {
		return this.events.inbox();
	}

	@Override
	public List<Failure> recentFailures() {
		return this.events.failures().all();
	}

	@Override
	public void clearFailures() {
		this.events.failures().clear();
	}

	@Override
	public boolean isAutoStartup() {
		return this.settings.datagrams().autoStartup();
	}

	@Override
	public boolean isHealthRequired() {
		return this.settings.datagrams().healthRequired();
	}

	@Override
	public int getPhase() {
		return Phases.SERVERS;
	}

	@Override
	public boolean isRunning() {
		return this.session != null;
	}

	@Override
	public void start() {
		awaitStop();
		this.lock.lock();
		try {
			if (this.session == null) {
				ReceiverSession opened = this.runtime.session(this.settings, this.delivery, this.events, this.counters,
						this.outages, this.clock);
				open(opened);
				this.events.running(true);
				this.session = opened;
				InetSocketAddress address = opened.address();
				log(opened);
				this.events.publish(EventKind.STARTED, () -> new EndpointStartedEvent(this, address));
				opened.run();
				this.checks = this.runtime.repeat(() -> check(opened));
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void awaitStop() {
		CompletableFuture<Void> stopped = this.stopped;
		if (this.delivery.isCalling() && !stopped.isDone()) {
			throw new SocketOperationException(SocketErrorCode.SHUTTING_DOWN,
					"'" + getName() + "' cannot start in a handler while it is stopping");
		}
		stopped.join();
	}

	private void open(ReceiverSession opened) {
		try {
			opened.open(this.groups);
		}
		catch (CannotJoinException ex) {
			MulticastStartException failure = new MulticastStartException(ex.code(), this.settings.datagrams().path(),
					ex.key(), new InetSocketAddress(this.settings.port()), ex.problem(), ex.advice(), ex.getCause());
			this.events.failed(failure.getCode(), failure);
			this.events.publish(EventKind.FAILED,
					() -> new EndpointFailedEvent(this, failure.getCode(), failure, false));
			throw failure;
		}
	}

	private void log(ReceiverSession opened) {
		logger.info("Multicast receiver '" + getName() + "' receives " + String.join(", ", getGroups()) + " on port "
				+ opened.address().getPort());
		int granted = opened.grantedReceiveBuffer();
		if (granted < this.settings.receiveBuffer()) {
			logger.info("Multicast receiver '" + getName() + "' has a receive buffer of " + granted + " bytes, not of "
					+ this.settings.receiveBuffer()
					+ ": the system grants no more (on Linux see net.core.rmem_max), so bursts may be lost");
		}
	}

	@Override
	public void stop() {
		CompletableFuture<Void> stopped = beginStop();
		if (!this.delivery.isCalling()) {
			stopped.join();
		}
	}

	@Override
	public void stop(Runnable callback) {
		beginStop().whenComplete((result, failure) -> callback.run());
	}

	private CompletableFuture<Void> beginStop() {
		this.lock.lock();
		try {
			ReceiverSession running = this.session;
			if (running != null) {
				this.session = null;
				this.events.running(false);
				ScheduledFuture<?> checks = this.checks;
				if (checks != null) {
					checks.cancel(false);
				}
				InetSocketAddress address = running.address();
				this.stopped = running.close()
					.copy()
					.completeOnTimeout(null, GRACE_SECONDS, TimeUnit.SECONDS)
					.thenRun(() -> stopped(running, address));
			}
			return this.stopped;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void stopped(ReceiverSession ended, InetSocketAddress address) {
		ended.clear();
		this.outages.clear();
		logger.info("Multicast receiver '" + getName() + "' has stopped");
		this.events.publish(EventKind.STOPPED, () -> new EndpointStoppedEvent(this, address));
	}

	@Override
	public void join(String... groups) {
		List<Group> joining = Arrays.stream(groups).map(Group::of).toList();
		this.lock.lock();
		try {
			List<Group> joined = new ArrayList<>();
			for (Group group : joining) {
				if (find(this.groups, group) != null || find(joined, group) != null) {
					throw new SocketOperationException(SocketErrorCode.ADDRESS_EXISTS,
							"'" + getName() + "' has joined " + group.text() + " already");
				}
				joined.add(group);
			}
			joinAll(joining);
			this.groups.addAll(joining);
		}
		finally {
			this.lock.unlock();
		}
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
		List<Group> leaving = Arrays.stream(groups).map(Group::of).toList();
		this.lock.lock();
		try {
			List<Group> known = new ArrayList<>();
			for (Group group : leaving) {
				Group own = find(this.groups, group);
				if (own == null) {
					throw new SocketOperationException(SocketErrorCode.ADDRESS_NOT_FOUND,
							"'" + getName() + "' has not joined " + group.text());
				}
				known.add(own);
			}
			ReceiverSession running = this.session;
			for (Group group : known) {
				this.groups.remove(group);
				if (running != null) {
					running.leave(group);
				}
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private static @Nullable Group find(List<Group> groups, Group wanted) {
		return groups.stream().filter((group) -> group.address().equals(wanted.address())).findFirst().orElse(null);
	}

	@Override
	public List<String> getGroups() {
		return this.groups.stream().map(Group::text).toList();
	}

	@Override
	public InetSocketAddress getLocalAddress() {
		ReceiverSession running = this.session;
		if (running == null) {
			throw new IllegalStateException("Multicast receiver '" + getName() + "' is not running");
		}
		return running.address();
	}

	@Override
	public ReceiverStatistics getStatistics() {
		ReceiverSession running = this.session;
		return this.counters.datagrams((running != null) ? running.queued() : 0);
	}

	@Override
	public void addMessageHandler(DatagramHandler handler) {
		this.delivery.add(handler);
	}

	@Override
	public EndpointStatistics statistics() {
		return this.counters.statistics(this.events.inboxSize());
	}

	@Override
	public EndpointStatus status() {
		ReceiverSession running = this.session;
		return new EndpointStatus(getName(), EndpointKind.MULTICAST_RECEIVER, state(running),
				(running != null) ? running.address() : null, 0, 0, this.counters.messagesReceived(),
				this.counters.messagesSent(), this.counters.bytesReceived(), this.counters.bytesSent(),
				this.events.failures().last());
	}

	private EndpointState state(@Nullable ReceiverSession running) {
		if (running == null) {
			return this.stopped.isDone() ? EndpointState.STOPPED : EndpointState.STOPPING;
		}
		return this.outages.any() ? EndpointState.FAILING : EndpointState.LISTENING;
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
		return "Multicast receiver '" + getName() + "'";
	}

}
