package dev.sockets.runtime.multicast;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;

import org.jspecify.annotations.Nullable;

import dev.sockets.EndpointKind;
import dev.sockets.EndpointState;
import dev.sockets.EndpointStatistics;
import dev.sockets.EndpointStatus;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.loop.datagram.AnswerPort;
import dev.sockets.multicast.MulticastGroups;
import dev.sockets.multicast.MulticastSender;
import dev.sockets.multicast.MulticastSenderSettings;
import dev.sockets.multicast.MulticastStartException;
import dev.sockets.runtime.EndpointCore;
import dev.sockets.runtime.EndpointEvents;
import dev.sockets.runtime.Lifecycle;
import dev.sockets.runtime.LifecycleSteps;
import dev.sockets.runtime.LifecycleWork;
import dev.sockets.runtime.MessageCounters;
import dev.sockets.runtime.Outages;
import dev.sockets.runtime.RuntimeEndpoint;
import dev.sockets.runtime.SafeLog;

/**
 * A multicast sender. Each start makes new {@link SenderSessions}.
 */
final class DefaultMulticastSender implements MulticastSender, RuntimeEndpoint, LifecycleSteps {

	private static final SafeLog logger = SafeLog.of(MulticastSender.class);

	private static final Object NETWORK = "network";

	private final MulticastSenderSettings settings;

	private final MulticastRuntime runtime;

	private final EndpointEvents events;

	private final Outages outages;

	private final @Nullable InetSocketAddress group;

	private final MessageCounters messages = new MessageCounters(
			EnumSet.of(SocketErrorCode.NOT_CONNECTED, SocketErrorCode.INVALID_MULTICAST_ADDRESS,
					SocketErrorCode.CODEC_FAILED, SocketErrorCode.FRAME_TOO_LARGE, SocketErrorCode.SEND_FAILED));

	private final EndpointCore core;

	private volatile @Nullable SenderSessions sockets;

	private volatile @Nullable ScheduledFuture<?> checks;

	DefaultMulticastSender(MulticastSenderSettings settings, MulticastRuntime runtime) {
		this.settings = settings;
		this.runtime = runtime;
		this.events = runtime.senderEvents(this, settings.datagrams());
		this.outages = new Outages(this.events);
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
		logger.info(this + " sends" + ((this.group != null) ? " to " + text(this.group) : ""));
		this.core.started(this.group);
		probe();
		if (this.settings.networkInterface() != null) {
			this.checks = this.runtime.repeat(this::check);
		}
	}

	/** The interface may have been made again, with another index. */
	private void check() {
		SenderSessions running = this.sockets;
		if (running != null && running.refresh() && probe()) {
			this.outages.end(NETWORK);
		}
	}

	private @Nullable NetworkInterface networkInterface() {
		String wanted = this.settings.networkInterface();
		try {
			return (wanted != null) ? this.runtime.interfaces().require(wanted, "network-interface") : null;
		}
		catch (CannotJoinException ex) {
			InetSocketAddress address = (this.group != null) ? this.group : new InetSocketAddress(0);
			throw this.core.startFailed(new MulticastStartException(ex.code(), this.settings.datagrams().path(),
					ex.key(), address, ex.problem(), ex.advice(), ex.getCause()));
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
				trouble(group, ex);
			}
		}
		return false;
	}

	@Override
	public CompletableFuture<Void> beginClosing() {
		this.core.stopping();
		ScheduledFuture<?> checks = this.checks;
		if (checks != null) {
			checks.cancel(false);
		}
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
		send(group, payload, (running, bytes) -> running.send(bytes, group));
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
		InetSocketAddress group = configuredGroup();
		if (timeout.isNegative() || timeout.isZero()) {
			throw new IllegalArgumentException("The time-out must be positive, not " + timeout);
		}
		SenderSessions running = running();
		AnswerPort request = openRequest(running, group, timeout);
		try {
			send(group, payload, (sockets, bytes) -> sockets.send(request, bytes, group));
			byte[] answer = running.await(request, timeout);
			running.answered(request, answer);
			return decode(answer);
		}
		finally {
			running.closeRequest(request);
		}
	}

	@Override
	public <T extends @Nullable Object> CompletableFuture<T> requestAsync(@Nullable Object payload) {
		CompletableFuture<T> answer = new CompletableFuture<>();
		try {
			InetSocketAddress group = configuredGroup();
			SenderSessions running = running();
			AnswerPort request = openRequest(running, group, this.settings.requestTimeout());
			request.answer().whenComplete((bytes, failure) -> {
				running.closeRequest(request);
				if (bytes != null) {
					running.answered(request, bytes);
				}
				complete(answer, running, bytes, failure);
			});
			try {
				send(group, payload, (sockets, bytes) -> sockets.send(request, bytes, group));
			}
			catch (Throwable ex) {
				answer.completeExceptionally(ex);
				running.closeRequest(request);
			}
		}
		catch (RuntimeException ex) {
			answer.completeExceptionally(ex);
		}
		return answer;
	}

	private <T> void complete(CompletableFuture<T> answer, SenderSessions running, byte @Nullable [] bytes,
			@Nullable Throwable failure) {
		try {
			if (bytes == null) {
				answer.completeExceptionally(running.failure(failure, this.settings.requestTimeout()));
			}
			else {
				answer.complete(decode(bytes));
			}
		}
		catch (Throwable ex) {
			answer.completeExceptionally(ex);
		}
	}

	private AnswerPort openRequest(SenderSessions running, InetSocketAddress group, Duration timeout) {
		try {
			return running.openRequest(group, timeout);
		}
		catch (IOException ex) {
			throw failure(group, ex);
		}
	}

	@SuppressWarnings({ "unchecked", "NullAway" })
	private <T extends @Nullable Object> T decode(byte[] bytes) {
		this.messages.received();
		this.messages.bytesReceived(bytes.length);
		try {
			return (T) this.settings.datagrams().codec().decode(bytes, 0, bytes.length);
		}
		catch (Throwable ex) {
			throw new SocketOperationException(SocketErrorCode.CODEC_FAILED, "The codec of '"
					+ this.settings.datagrams().path() + "' cannot decode an answer of " + bytes.length + " bytes", ex);
		}
	}

	private void send(InetSocketAddress group, @Nullable Object payload, Transmission transmission) {
		Object message = Objects.requireNonNullElse(payload, Optional.empty());
		GroupTarget target = new GroupTarget(this, group);
		try {
			checkGroup(group);
			byte[] bytes = DatagramEncoder.encode(this.settings.datagrams(), message);
			try {
				transmission.transmit(running(), bytes);
			}
			catch (IOException | RuntimeException ex) {
				throw failure(group, ex);
			}
			this.messages.sent(bytes.length);
		}
		catch (SocketOperationException ex) {
			this.messages.failed(ex.getCode());
			this.events.failed(ex.getCode(), ex);
			this.events.sendFailed(target, message, ex);
			throw ex;
		}
		if (this.outages.any()) {
			this.outages.end(NETWORK);
		}
		if (this.events.observesSends()) {
			this.events.sent(target, message);
		}
	}

	private SocketOperationException failure(InetSocketAddress group, Exception cause) {
		if (cause instanceof SocketOperationException known) {
			return known;
		}
		return isRunning() ? trouble(group, cause) : notRunning();
	}

	private SocketOperationException trouble(InetSocketAddress group, Exception cause) {
		String networkInterface = this.settings.networkInterface();
		String problem = "nothing can be sent to " + text(group) + ": " + NetworkErrors.of(cause,
				(networkInterface != null) ? networkInterface : "the interface that the system chooses");
		this.outages.begin(NETWORK, SocketErrorCode.SEND_FAILED, problem, cause);
		return new SocketOperationException(SocketErrorCode.SEND_FAILED, "'" + getName() + "': " + problem, cause);
	}

	private static void checkGroup(InetSocketAddress group) {
		InetAddress address = group.getAddress();
		if (address == null || !address.isMulticastAddress()) {
			throw new SocketOperationException(SocketErrorCode.INVALID_MULTICAST_ADDRESS,
					"'" + group.getHostString() + "' is not " + MulticastGroups.ALLOWED);
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
			throw notRunning();
		}
		return running;
	}

	private SocketOperationException notRunning() {
		return new SocketOperationException(SocketErrorCode.NOT_CONNECTED, "'" + getName() + "' is not running");
	}

	private static String text(InetSocketAddress address) {
		return address.getHostString() + ":" + address.getPort();
	}

	@Override
	public EndpointStatistics statistics() {
		return new EndpointStatistics(EndpointStatistics.Connections.NONE, this.messages.sums(),
				EndpointStatistics.Datagrams.NONE, this.events.inboxSize(), this.events.dropped(),
				EndpointStatistics.Timing.NONE, Map.of());
	}

	@Override
	public EndpointStatus status() {
		EndpointStatistics.Messages messages = this.messages.sums();
		return new EndpointStatus(getName(), EndpointKind.MULTICAST_SENDER,
				this.core.state(this.outages.any() ? EndpointState.FAILING : EndpointState.READY), this.group, 0, 0,
				messages.received(), messages.sent(), messages.bytesReceived(), messages.bytesSent(),
				this.events.failures().last());
	}

	@Override
	public String toString() {
		return this.core.toString();
	}

	/** Hands a datagram to the operating system. */
	private interface Transmission {

		void transmit(SenderSessions running, byte[] bytes) throws IOException;

	}

}
