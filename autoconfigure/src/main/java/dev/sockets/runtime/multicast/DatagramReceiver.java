package dev.sockets.runtime.multicast;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import dev.sockets.AddressText;
import dev.sockets.Payloads;
import dev.sockets.EndpointKind;
import dev.sockets.EndpointState;
import dev.sockets.EndpointStatistics;
import dev.sockets.EndpointStatus;
import dev.sockets.MessagePeer;
import dev.sockets.SocketOperationException;
import dev.sockets.multicast.MulticastReceiver;
import dev.sockets.multicast.MulticastReceiverSettings;
import dev.sockets.runtime.CodecPayloads;
import dev.sockets.runtime.EndpointCore;
import dev.sockets.runtime.EndpointEvents;
import dev.sockets.runtime.InboundHandlers;
import dev.sockets.runtime.Lifecycle;
import dev.sockets.runtime.LifecycleSteps;
import dev.sockets.runtime.Outages;
import dev.sockets.runtime.SafeLog;
import dev.sockets.runtime.SettingsLine;
import dev.sockets.runtime.WireLog;
import dev.sockets.udp.UdpReceiver;

/**
 * What receivers with and without groups are made of. Each start makes a new
 * {@link ReceiverSession}.
 */
final class DatagramReceiver implements LifecycleSteps {

	/** How long stopping waits for handlers, before it drops what waits. */
	private static final Duration GRACE = Duration.ofSeconds(5);

	private final SafeLog logger;

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

	DatagramReceiver(UdpReceiver endpoint, MulticastReceiverSettings settings, MulticastRuntime runtime) {
		this.logger = SafeLog
			.of((settings.kind() == EndpointKind.UDP_RECEIVER) ? UdpReceiver.class : MulticastReceiver.class);
		this.settings = settings;
		this.runtime = runtime;
		this.check = new RepeatedCheck(runtime.checks());
		this.events = runtime.receiverEvents(endpoint, settings.datagrams());
		this.outages = new Outages(this.events);
		this.delivery = new Delivery(settings, this.events, this.counters,
				new WireLog(settings.name(), settings.datagrams()), this.outages);
		this.work = new ReceiverWork(this.events);
		this.core = new EndpointCore(settings.name(), settings.kind(), settings.datagrams(), this.events,
				new Lifecycle(this, this.work, GRACE));
		this.groups = new WantedGroups(settings.name(), settings.groups());
	}

	Payloads payloads() {
		return new CodecPayloads(this.settings.datagrams().codec());
	}

	EndpointCore core() {
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
		if (this.settings.kind() == EndpointKind.MULTICAST_RECEIVER) {
			this.check.begin(() -> check(opened));
		}
		this.events.whenTold().join();
	}

	private void log(ReceiverSession opened) {
		String where = (this.settings.kind() == EndpointKind.UDP_RECEIVER)
				? " receives on " + AddressText.of(opened.address())
				: " receives " + String.join(", ", this.groups.texts()) + " on port " + opened.address().getPort();
		this.logger.info(this + where + settingsLine());
		int granted = opened.grantedReceiveBuffer();
		if (granted < this.settings.receiveBuffer()) {
			this.logger
				.info(this + " has a receive buffer of " + granted + " bytes, not of " + this.settings.receiveBuffer()
						+ ": the system grants no more (on Linux see net.core.rmem_max), so bursts may be lost");
		}
	}

	private SettingsLine settingsLine() {
		return new SettingsLine().addNameOf(this.settings.datagrams().codec())
			.addSize("datagrams", this.settings.maxDatagramSize())
			.addNumber("%,d may wait", this.settings.queueCapacity());
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
		this.logger.info(this + " has stopped");
		this.core.stopped(this.address);
	}

	void join(String... groups) {
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
			throw new SocketOperationException(ex.code(), "'" + this.settings.name() + "': " + ex.problem(),
					ex.getCause());
		}
	}

	void leave(String... groups) {
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

	WantedGroups groups() {
		return this.groups;
	}

	InetSocketAddress localAddress() {
		ReceiverSession running = this.session;
		if (running == null) {
			throw new IllegalStateException(this + " is not running");
		}
		return running.address();
	}

	InboundHandlers<MessagePeer> handlers() {
		return this.delivery.handlers();
	}

	EndpointStatistics statistics() {
		ReceiverSession running = this.session;
		return this.counters.statistics((running != null) ? running.queued() : 0, this.events);
	}

	EndpointStatus status() {
		ReceiverSession running = this.session;
		EndpointStatistics.Messages messages = this.counters.messages().sums();
		return new EndpointStatus(this.settings.name(), this.settings.kind(),
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
