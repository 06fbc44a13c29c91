package dev.sockets.runtime.multicast;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

import dev.sockets.EndpointKind;
import dev.sockets.EndpointState;
import dev.sockets.EndpointStatistics;
import dev.sockets.EndpointStatus;
import dev.sockets.multicast.MulticastGroups;
import dev.sockets.multicast.MulticastSender;
import dev.sockets.multicast.MulticastSenderSettings;
import dev.sockets.runtime.EndpointCore;
import dev.sockets.runtime.EndpointEvents;
import dev.sockets.runtime.Lifecycle;
import dev.sockets.runtime.LifecycleSteps;
import dev.sockets.runtime.LifecycleWork;
import dev.sockets.runtime.Outages;
import dev.sockets.runtime.RuntimeEndpoint;
import dev.sockets.runtime.SafeLog;

/**
 * A multicast sender. Each start makes new {@link SenderSessions}.
 */
final class DefaultMulticastSender implements MulticastSender, RuntimeEndpoint, LifecycleSteps {

	private static final SafeLog logger = SafeLog.of(MulticastSender.class);

	private final MulticastSenderSettings settings;

	private final MulticastRuntime runtime;

	private final EndpointEvents events;

	private final Outages outages;

	private final @Nullable InetSocketAddress group;

	private final SenderOutput output;

	private final SenderRequests requests;

	private final EndpointCore core;

	private final RepeatedCheck check;

	private volatile @Nullable SenderSessions sockets;

	DefaultMulticastSender(MulticastSenderSettings settings, MulticastRuntime runtime) {
		this.settings = settings;
		this.runtime = runtime;
		this.check = new RepeatedCheck(runtime.checks());
		this.events = runtime.senderEvents(this, settings.datagrams());
		this.outages = new Outages(this.events);
		this.output = new SenderOutput(this, settings, this.events, this.outages);
		this.requests = new SenderRequests(settings, this.output, this::running);
		this.core = new EndpointCore(settings.name(), EndpointKind.MULTICAST_SENDER, settings.datagrams(), this.events,
				new Lifecycle(this, new LifecycleWork() {
				}, Duration.ZERO));
		this.group = (settings.group() != null && settings.port() != null)
				? new InetSocketAddress(MulticastGroups.parse(settings.group()), settings.port()) : null;
	}

	@Override
	public EndpointCore core() {
		return this.core;
	}

	@Override
	public void open() {
		this.sockets = new SenderSessions(this.settings, this.runtime.interfaces(), networkInterface(),
				this.runtime.requestLoop());
	}

	@Override
	public void opened() {
		logger.info(this + " sends" + ((this.group != null) ? " to " + SenderOutput.text(this.group) : ""));
		this.core.started(this.group);
		probe();
		if (this.settings.networkInterface() != null) {
			this.check.begin(this::check);
		}
	}

	/** The interface may have been made again, with another index. */
	private void check() {
		SenderSessions running = this.sockets;
		if (running != null && running.refresh() && probe()) {
			this.output.recovered();
		}
	}

	private @Nullable NetworkInterface networkInterface() {
		String wanted = this.settings.networkInterface();
		try {
			return (wanted != null) ? this.runtime.interfaces().require(wanted, "network-interface") : null;
		}
		catch (CannotJoinException ex) {
			InetSocketAddress address = (this.group != null) ? this.group : new InetSocketAddress(0);
			throw this.core.startFailed(ex.startFailure(this.settings.datagrams().path(), address));
		}
	}

	/** A network may come later, so that there is none doesn't end the start. */
	private boolean probe() {
		InetSocketAddress group = this.group;
		SenderSessions opened = this.sockets;
		if (group != null && opened != null) {
			try {
				opened.probe(group);
				return true;
			}
			catch (IOException | RuntimeException ex) {
				this.output.outage(group, ex);
			}
		}
		return false;
	}

	@Override
	public CompletableFuture<Void> beginClosing() {
		this.core.stopping();
		this.check.end();
		SenderSessions running = this.sockets;
		this.sockets = null;
		if (running != null) {
			running.close();
		}
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public void closed() {
		this.outages.clear();
		logger.info(this + " has stopped");
		this.core.stopped(this.group);
	}

	@Override
	public void send(@Nullable Object payload) {
		send(configuredGroup(), payload);
	}

	@Override
	public void send(InetSocketAddress group, @Nullable Object payload) {
		Assert.notNull(group, "A message needs a group to be sent to, not null");
		this.output.send(group, payload, (bytes) -> running().send(bytes, group));
	}

	@Override
	public CompletableFuture<Void> sendAsync(@Nullable Object payload) {
		try {
			send(payload);
			return CompletableFuture.completedFuture(null);
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	@Override
	public <T extends @Nullable Object> T request(@Nullable Object payload, Duration timeout) {
		Assert.notNull(timeout, "A request needs a time-out, not null");
		InetSocketAddress group = configuredGroup();
		if (timeout.isNegative() || timeout.isZero()) {
			throw new IllegalArgumentException("The time-out must be positive, not " + timeout);
		}
		return this.requests.request(group, payload, timeout);
	}

	@Override
	public <T extends @Nullable Object> CompletableFuture<T> requestAsync(@Nullable Object payload) {
		try {
			return this.requests.requestAsync(configuredGroup(), payload);
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private InetSocketAddress configuredGroup() {
		InetSocketAddress group = this.group;
		if (group == null) {
			throw new IllegalStateException("'" + getName() + "' has no group; set " + this.settings.datagrams().path()
					+ ".group and .port, or name one in the call");
		}
		return group;
	}

	private SenderSessions running() {
		SenderSessions running = this.sockets;
		if (running == null) {
			throw this.output.notRunning();
		}
		return running;
	}

	@Override
	public EndpointStatistics statistics() {
		return new EndpointStatistics(EndpointStatistics.Connections.NONE, this.output.messages().sums(),
				EndpointStatistics.Datagrams.NONE, this.events.inboxSize(), this.events.dropped(),
				EndpointStatistics.Timing.NONE, Map.of());
	}

	@Override
	public EndpointStatus status() {
		EndpointStatistics.Messages messages = this.output.messages().sums();
		return new EndpointStatus(getName(), EndpointKind.MULTICAST_SENDER,
				this.core.state(this.outages.any() ? EndpointState.FAILING : EndpointState.READY), this.group, 0, 0,
				messages.received(), messages.sent(), messages.bytesReceived(), messages.bytesSent(),
				this.events.failures().last());
	}

	@Override
	public String toString() {
		return this.core.toString();
	}

}
