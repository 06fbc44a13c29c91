package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

import org.jspecify.annotations.Nullable;

import dev.sockets.EventKind;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.ConnectedEvent;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.DisconnectedEvent;
import dev.sockets.framing.FrameWindow;
import dev.sockets.loop.stream.AbortReason;
import dev.sockets.loop.stream.ChannelHandler;
import dev.sockets.loop.stream.InputEnd;
import dev.sockets.loop.stream.SerialQueue;
import dev.sockets.loop.stream.StreamChannel;
import dev.sockets.loop.stream.UnsentReason;
import dev.sockets.runtime.EndpointEvents;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.Heartbeat;
import dev.sockets.tcp.MessageObserver;

/**
 * The way in of one connection: cuts frames, decodes them and tells the application, on
 * the calling thread or, in the same order, on a thread for handlers.
 */
final class ConnectionReader implements ChannelHandler {

	private enum Step {

		OPENED, OWNERS, ENDED, TRUNCATED, ENDING, CLOSED

	}

	record Fault(SocketOperationException cause, String firstBytes, boolean fatal) {

	}

	private static final int SHOWN_BYTES = 16;

	private static final ThreadLocal<FrameWindow> windows = ThreadLocal.withInitial(FrameWindow::new);

	/* Written by the reading thread only, so an ordered write without a fence will do. */
	private static final AtomicLongFieldUpdater<ConnectionReader> MESSAGES = AtomicLongFieldUpdater
		.newUpdater(ConnectionReader.class, "messages");

	private final DefaultConnection connection;

	private final ConnectionContext context;

	private @Nullable SerialQueue queue;

	/** How far an incomplete frame was looked through without finding its end. */
	private int scanned;

	private long scanState;

	private boolean faulty;

	private volatile long messages;

	ConnectionReader(DefaultConnection connection, ConnectionContext context) {
		this.connection = connection;
		this.context = context;
	}

	long messages() {
		return this.messages;
	}

	@Override
	public void opened() {
		this.context.registry().add(this.connection);
		this.context.owner().opened(this.connection);
		tell(Step.OPENED);
	}

	@Override
	public void connectFailed(IOException cause) {
		this.context.owner().connectFailed(this.connection, cause);
		this.context.registry().forget();
	}

	@Override
	public int received(byte[] bytes, int start, int end) {
		if (this.faulty) {
			return end;
		}
		ConnectionSettings settings = this.context.settings();
		FrameWindow window = windows.get();
		window.reset(bytes, start, end, start + this.scanned, settings.maxFrameSize());
		window.state(this.scanState);
		int count = 0;
		int handled = 0;
		long begin = 0;
		List<Object> handedOver = null;
		if (isInline()) {
			this.connection.channel().collectReplies();
			begin = System.nanoTime();
		}
		else {
			handedOver = new ArrayList<>();
		}
		try {
			while (window.start() < end && this.connection.channel().isReading() && settings.framing().next(window)) {
				count++;
				if (isBeat(window)) {
					continue;
				}
				if (isForOwner(window, count)) {
					handle(Step.OWNERS, handedOver);
					continue;
				}
				Object payload = decode(window);
				if (!this.connection.answers(payload)) {
					handled++;
					handle(payload, handedOver);
				}
			}
			this.scanned = window.scanned() - window.start();
			this.scanState = window.state();
		}
		catch (SocketOperationException ex) {
			fail(ex, hex(bytes, window.start(), end - window.start()), handedOver);
			return end;
		}
		catch (RuntimeException ex) {
			String firstBytes = hex(bytes, window.start(), end - window.start());
			fail(new SocketOperationException(SocketErrorCode.MALFORMED_FRAME, "The framing of '"
					+ this.context.settings().path() + "' failed on bytes that start with " + firstBytes, ex),
					firstBytes, handedOver);
			return end;
		}
		finally {
			MESSAGES.lazySet(this, this.messages + count);
			if (handedOver == null) {
				this.context.registry().counts().handled(handled, System.nanoTime() - begin);
			}
			else if (!handedOver.isEmpty()) {
				queue().add(handedOver);
			}
		}
		return window.start();
	}

	@Override
	public void inputEnded(InputEnd end) {
		if (end == InputEnd.ON_REQUEST) {
			this.connection.noMoreAnswers(SocketErrorCode.SHUTTING_DOWN, null);
			tell(Step.ENDING);
			return;
		}
		tellOwnerOfSilence();
		this.connection.noMoreAnswers(SocketErrorCode.NOT_CONNECTED, null);
		tell((end == InputEnd.TRUNCATED && !this.faulty) ? Step.TRUNCATED : Step.ENDED);
	}

	@Override
	public void aborting(AbortReason reason, @Nullable IOException cause) {
		this.connection.closingBecause(switch (reason) {
			case BROKEN -> DisconnectReason.RESET;
			case OVERFLOW -> DisconnectReason.SLOW_CONSUMER;
			case STALLED -> DisconnectReason.WRITE_TIMEOUT;
		}, cause);
	}

	@Override
	public void closed() {
		if (this.connection.closing().reason() == DisconnectReason.RESET) {
			tellOwnerOfSilence();
		}
		this.context.registry().remove(this.connection);
		this.context.owner().closed(this.connection);
		this.connection.failRequests(this.connection.sendFailure());
		tell(Step.CLOSED);
	}

	@Override
	public void released() {
		this.context.owner().released(this.connection);
	}

	@Override
	public void tick(long now) {
		StreamChannel channel = this.connection.channel();
		this.connection.expireRequests(now);
		DisconnectReason missed = this.context.deadlines().missed(channel, now);
		if (missed != null) {
			this.connection.closingBecause(missed, null);
			channel.abort();
		}
		else if (this.context.deadlines().needsBeat(channel, now)) {
			this.connection.beat();
		}
	}

	@Override
	public Throwable unsent(UnsentReason reason) {
		return switch (reason) {
			case CLOSED -> this.connection.sendFailure();
			case OVERFLOW -> new SocketOperationException(SocketErrorCode.SLOW_CONSUMER,
					this.connection + " has more than " + this.context.settings().maxPending()
							+ " bytes waiting to be written; see " + this.context.settings().path() + ".outbound");
		};
	}

	@Override
	public void takenOver() {
		this.context.dispatch().takenOver();
	}

	private boolean isBeat(FrameWindow window) {
		Heartbeat heartbeat = this.context.settings().heartbeat();
		return heartbeat != null && window.frameLength() == heartbeat.message().length
				&& Arrays.equals(window.frameArray(), window.frameStart(), window.frameStart() + window.frameLength(),
						heartbeat.message(), 0, window.frameLength());
	}

	private boolean isForOwner(FrameWindow window, int count) {
		return count == 1 && this.messages == 0 && this.context.owner()
			.firstMessage(this.connection, window.frameArray(), window.frameStart(), window.frameLength());
	}

	/** What comes after a fault cannot be told apart any more. */
	private void fail(SocketOperationException cause, String firstBytes, @Nullable List<Object> handedOver) {
		this.faulty = true;
		this.connection.noMoreAnswers(SocketErrorCode.NOT_CONNECTED, cause);
		handle(new Fault(cause, firstBytes, true), handedOver);
	}

	private void tellOwnerOfSilence() {
		if (this.connection.channel().bytesReceived() == 0 && this.context.owner().endedInSilence(this.connection)) {
			tell(Step.OWNERS);
		}
	}

	private boolean isInline() {
		SerialQueue queue = this.queue;
		return this.context.dispatch().areInline() && (queue == null || queue.isIdle());
	}

	private SerialQueue queue() {
		SerialQueue queue = this.queue;
		if (queue == null) {
			queue = new SerialQueue(this.connection.channel(), this.context.dispatch().executor(), this::handle,
					this::handled);
			this.queue = queue;
		}
		return queue;
	}

	private void tell(Step step) {
		if (isInline()) {
			handle(step);
		}
		else {
			queue().add(List.of(step));
		}
	}

	private void handle(Object item, @Nullable List<Object> handedOver) {
		if (handedOver == null) {
			handle(item);
		}
		else {
			handedOver.add(item);
		}
	}

	private void handled(List<Object> items, long nanos) {
		int messages = 0;
		for (Object item : items) {
			if (isMessage(item)) {
				messages++;
			}
		}
		this.context.registry().counts().handled(messages, nanos);
	}

	private static boolean isMessage(Object item) {
		return !(item instanceof Step) && !(item instanceof Fault fault && fault.fatal());
	}

	private Object decode(FrameWindow window) {
		try {
			return Objects.requireNonNull(
					this.context.settings()
						.codec()
						.decode(window.frameArray(), window.frameStart(), window.frameLength()),
					"The codec has returned null");
		}
		catch (Throwable ex) {
			String firstBytes = hex(window.frameArray(), window.frameStart(), window.frameLength());
			return new Fault(
					new SocketOperationException(SocketErrorCode.CODEC_FAILED,
							"The codec of '" + this.context.settings().path() + "' cannot decode a frame of "
									+ window.frameLength() + " bytes that starts with " + firstBytes,
							ex),
					firstBytes, false);
		}
	}

	private void handle(Object item) {
		if (item instanceof Step step) {
			handle(step);
		}
		else if (this.connection.isClosing() && this.connection.closing().dropsReceived()) {
			return;
		}
		else if (item instanceof Fault fault) {
			this.context.registry().counts().failed(fault.cause().getCode());
			this.context.events().messageFailed(this.connection, fault.cause(), fault.firstBytes());
			if (fault.fatal()) {
				this.connection.close(DisconnectReason.FRAME_ERROR, fault.cause());
			}
		}
		else {
			deliver(item);
		}
	}

	private void deliver(Object payload) {
		MessageObserver.Observed observed = this.context.dispatch().observer().receiving(this.connection, payload);
		Throwable failure = null;
		try {
			this.context.integration().received(this.connection, payload);
			this.context.dispatch().handle(this.connection, payload);
			this.context.events().received(this.connection, payload);
		}
		catch (Throwable ex) {
			failure = ex;
			this.connection.handlerFailed(ex);
		}
		finally {
			observed.ended(failure);
			Thread.interrupted();
		}
	}

	private void handle(Step step) {
		EndpointEvents events = this.context.events();
		switch (step) {
			case OPENED -> {
				openForIntegration();
				events.publish(EventKind.CONNECTED, () -> new ConnectedEvent(events.endpoint(), this.connection));
			}
			case OWNERS -> this.context.owner().tell(this.connection);
			case ENDED -> this.connection.close(DisconnectReason.REMOTE, null);
			case TRUNCATED -> this.connection.close(DisconnectReason.TRUNCATED, null);
			case ENDING -> this.connection.sayGoodbye();
			case CLOSED -> {
				try {
					this.context.integration().closed(this.connection);
				}
				finally {
					CloseReason closing = this.connection.closing();
					events.publish(EventKind.DISCONNECTED, () -> new DisconnectedEvent(events.endpoint(),
							this.connection, closing.reason(), closing.cause()));
					this.context.owner().gone(this.connection);
					this.context.registry().forget();
				}
			}
		}
	}

	private void openForIntegration() {
		try {
			this.context.integration().opened(this.connection);
		}
		catch (Throwable ex) {
			this.connection.handlerFailed(ex);
		}
	}

	private static String hex(byte[] bytes, int start, int length) {
		return HexFormat.of().formatHex(bytes, start, start + Math.min(length, SHOWN_BYTES));
	}

}
