package dev.sockets.runtime.multicast;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.sockets.EndpointKind;
import dev.sockets.EndpointState;
import dev.sockets.EndpointStatistics;
import dev.sockets.EndpointStatus;
import dev.sockets.multicast.MulticastSender;
import dev.sockets.multicast.MulticastSenderSettings;
import dev.sockets.runtime.EndpointCore;
import dev.sockets.runtime.EndpointEvents;
import dev.sockets.runtime.Lifecycle;
import dev.sockets.runtime.LifecycleSteps;
import dev.sockets.runtime.LifecycleWork;
import dev.sockets.runtime.Outages;
import dev.sockets.runtime.SafeLog;
import dev.sockets.runtime.SettingsLine;
import dev.sockets.udp.UdpSender;

/**
 * What senders to groups and to hosts are made of. Each start makes new
 * {@link SenderSessions}.
 */
final class DatagramSender implements LifecycleSteps {

	private final SafeLog logger;

	private final MulticastSenderSettings settings;

	private final MulticastRuntime runtime;

	private final EndpointEvents events;

	private final Outages outages;

	private final SenderTarget target;

	private final SenderOutput output;

	private final SenderRequests requests;

	private final EndpointCore core;

	private final RepeatedCheck check;

	private volatile @Nullable SenderSessions sockets;

	DatagramSender(UdpSender endpoint, MulticastSenderSettings settings, MulticastRuntime runtime) {
		this.logger = SafeLog
			.of((settings.kind() == EndpointKind.UDP_SENDER) ? UdpSender.class : MulticastSender.class);
		this.settings = settings;
		this.runtime = runtime;
		this.check = new RepeatedCheck(runtime.checks());
		this.events = runtime.senderEvents(endpoint, settings.datagrams());
		this.outages = new Outages(this.events);
		this.output = new SenderOutput(endpoint, settings, this.events, this.outages);
		this.requests = new SenderRequests(settings, this.output, this::running);
		this.core = new EndpointCore(settings.name(), settings.kind(), settings.datagrams(), this.events,
				new Lifecycle(this, new LifecycleWork() {
				}, Duration.ZERO));
		this.target = new SenderTarget(settings);
	}

	EndpointCore core() {
		return this.core;
	}

	@Override
	public void open() {
		this.target.forget();
		this.sockets = new SenderSessions(this.settings, this.runtime.interfaces(), networkInterface(),
				this.runtime.requestLoop());
	}

	@Override
	public void opened() {
		this.logger
			.info(this + " sends" + this.target + new SettingsLine().addNameOf(this.settings.datagrams().codec()));
		this.core.started(this.target.address());
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
			InetSocketAddress address = this.target.address();
			throw this.core.startFailed(ex.startFailure(this.settings.datagrams().path(),
					(address != null) ? address : new InetSocketAddress(0)));
		}
	}

	/** A network may come later, so that there is none doesn't end the start. */
	private boolean probe() {
		InetSocketAddress address = this.target.resolve();
		SenderSessions opened = this.sockets;
		if (address != null && opened != null) {
			try {
				opened.probe(address);
				return true;
			}
			catch (IOException | RuntimeException ex) {
				this.output.outage(address, ex);
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
		this.logger.info(this + " has stopped");
		this.core.stopped(this.target.address());
	}

	void send(@Nullable Object payload) {
		send(this.target.require(), payload);
	}

	void send(InetSocketAddress to, @Nullable Object payload) {
		this.output.send(to, payload, (bytes) -> running().send(bytes, to));
	}

	SenderTarget target() {
		return this.target;
	}

	SenderRequests requests() {
		return this.requests;
	}

	private SenderSessions running() {
		SenderSessions running = this.sockets;
		if (running == null) {
			throw this.output.notRunning();
		}
		return running;
	}

	EndpointStatistics statistics() {
		return new EndpointStatistics(EndpointStatistics.Connections.NONE, this.output.messages().sums(),
				EndpointStatistics.Datagrams.NONE, this.events.inboxSize(), this.events.dropped(),
				EndpointStatistics.Timing.NONE, Map.of());
	}

	EndpointStatus status() {
		EndpointStatistics.Messages messages = this.output.messages().sums();
		return new EndpointStatus(this.settings.name(), this.settings.kind(),
				this.core.state(this.outages.any() ? EndpointState.FAILING : EndpointState.READY),
				this.target.address(), 0, 0, messages.received(), messages.sent(), messages.bytesReceived(),
				messages.bytesSent(), this.events.failures().last());
	}

	@Override
	public String toString() {
		return this.core.toString();
	}

}
