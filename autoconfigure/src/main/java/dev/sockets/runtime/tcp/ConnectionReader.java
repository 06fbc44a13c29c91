package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.sockets.FirstBytes;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.DisconnectReason;
import dev.sockets.framing.FrameWindow;
import dev.sockets.loop.stream.AbortReason;
import dev.sockets.loop.stream.ChannelHandler;
import dev.sockets.loop.stream.InputEnd;
import dev.sockets.loop.stream.StreamChannel;
import dev.sockets.loop.stream.UnsentReason;
import dev.sockets.tcp.ConnectionSettings;

/**
 * The way in of one connection. Cuts frames, which the {@link FrameHooks} see first, and
 * decodes them; the payloads are seen by the {@link PayloadHooks} and then go to the
 * {@link ConnectionDelivery}, in order with the {@link ConnectionSteps}.
 */
final class ConnectionReader implements ChannelHandler {

	private static final ThreadLocal<FrameWindow> windows = ThreadLocal.withInitial(FrameWindow::new);

	/* Written by the reading thread only, so an ordered write without a fence will do. */
	private static final AtomicLongFieldUpdater<ConnectionReader> MESSAGES = AtomicLongFieldUpdater
		.newUpdater(ConnectionReader.class, "messages");

	private final DefaultConnection connection;

	private final ConnectionContext context;

	private final PayloadHooks payloadHooks = new PayloadHooks();

	private final ConnectionDelivery delivery;

	private final ConnectionSteps steps;

	private final OpenBeat openBeat = new OpenBeat();

	private FrameHooks frameHooks;

	/** How far an incomplete frame was looked through without finding its end. */
	private int scanned;

	private long scanState;

	private boolean faulty;

	/** Open, but not yet shown to the application. */
	private @Nullable ConnectionHold hold;

	private volatile long messages;

	ConnectionReader(DefaultConnection connection, ConnectionContext context) {
		this.connection = connection;
		this.context = context;
		this.frameHooks = context.frameHooks();
		this.delivery = new ConnectionDelivery(connection, context);
		this.steps = new ConnectionSteps(connection, context);
	}

	/**
	 * Returns how long the frame is that the calling thread delivers.
	 * @return its length in bytes
	 */
	static int frameLength() {
		return windows.get().frameLength();
	}

	long messages() {
		return this.messages;
	}

	PayloadHooks payloadHooks() {
		return this.payloadHooks;
	}

	OpenBeat openBeat() {
		return this.openBeat;
	}

	ConnectionDelivery delivery() {
		return this.delivery;
	}

	/**
	 * Goes on without a frame hook. Called by the reading thread.
	 * @param hook the hook that has no more use for this connection's frames
	 */
	void drop(FrameHook hook) {
		this.frameHooks = this.frameHooks.without(hook);
	}

	/**
	 * Nothing more is read.
	 * @param cause makes what those get who wait for something from the peer
	 */
	void end(Supplier<SocketOperationException> cause) {
		this.payloadHooks.end(cause);
	}

	/**
	 * Returns for how long the connection has been held back from the application.
	 * @return the time in nanoseconds; {@code Long.MAX_VALUE} when it is not
	 */
	long heldFor() {
		ConnectionHold hold = this.hold;
		return (hold != null) ? hold.duration() : Long.MAX_VALUE;
	}

	/**
	 * Returns what holds the connection back from the application.
	 * @return the hold; {@code null} once the application knows of the connection
	 */
	@Nullable ConnectionHold hold() {
		return this.hold;
	}

	@Override
	public void opened() {
		boolean guarded = this.payloadHooks.hold();
		if (!guarded && this.context.owner().holdNanos() == 0) {
			show();
			return;
		}
		this.hold = new ConnectionHold(this.connection, this.context.owner(), guarded);
		this.context.owner().held(this.connection);
		this.payloadHooks.begin();
	}

	/** The application gets to know the connection. */
	void show() {
		this.hold = null;
		this.context.registry().add(this.connection);
		this.context.owner().opened(this.connection);
		this.payloadHooks.opened();
		this.delivery.tell(this.steps::opened);
	}

	@Override
	public void connectFailed(IOException cause) {
		try {
			this.context.owner().connectFailed(this.connection, cause);
		}
		finally {
			this.context.registry().forget();
		}
	}

	@Override
	public int received(byte[] bytes, int start, int end) {
		ConnectionHold hold = this.hold;
		return (hold != null) ? hold.received(bytes, start, end) : read(bytes, start, end);
	}

	/**
	 * Cuts and decodes what was received, whether the application knows of the connection
	 * or not.
	 */
	int read(byte[] bytes, int start, int end) {
		if (this.faulty) {
			return end;
		}
		ConnectionSettings settings = this.context.settings();
		FrameWindow window = windows.get();
		window.reset(bytes, start, end, start + this.scanned, settings.maxFrameSize());
		window.state(this.scanState);
		int count = 0;
		this.delivery.begin();
		try {
			while (window.start() < end && this.connection.channel().isReading() && hasNext(window, end)) {
				count++;
				if (!this.frameHooks.take(this.connection, window)) {
					Object item = FrameDecoder.decode(settings, window);
					if (!this.payloadHooks.take(item)) {
						deliver(item);
					}
				}
			}
			this.scanned = window.scanned() - window.start();
			this.scanState = window.state();
		}
		catch (Throwable ex) {
			fail(ex, bytes, window.start(), end);
			return end;
		}
		finally {
			MESSAGES.lazySet(this, this.messages + count);
			this.delivery.end(window.start() - start);
		}
		return window.start();
	}

	/** Nothing gets through before the peer has shown that it belongs here. */
	private void deliver(Object item) {
		ConnectionHold hold = this.hold;
		if (hold != null) {
			hold.refuse(ConnectionHold.strange(), 0);
		}
		else {
			this.delivery.message(item);
		}
	}

	/**
	 * A framing that consumed nothing, or what is not there, would go on without an end.
	 */
	private boolean hasNext(FrameWindow window, int end) {
		int before = window.start();
		boolean found = this.context.settings().framing().next(window);
		int next = window.start();
		if (next > end || (found ? next <= before : next < before)) {
			window.skip(before);
			throw new IllegalStateException("The framing has consumed " + (next - before) + " bytes of "
					+ (end - before) + ", and says that it has found " + (found ? "a frame" : "none"));
		}
		return found;
	}

	@Override
	public void inputEnded(InputEnd end) {
		ConnectionHold hold = this.hold;
		if (hold != null && endsUnseen(end, hold)) {
			this.connection.channel().close();
			return;
		}
		if (end == InputEnd.ON_REQUEST) {
			end(() -> noMoreAnswers(SocketErrorCode.SHUTTING_DOWN, null));
			this.delivery.tell(this.steps::ending);
			return;
		}
		this.frameHooks.ended(this.connection);
		end(this.connection.isClosing() ? this.connection::sendFailure
				: () -> noMoreAnswers(SocketErrorCode.NOT_CONNECTED, null));
		this.delivery.tell((end == InputEnd.TRUNCATED && !this.faulty) ? this.steps::truncated : this.steps::ended);
	}

	private boolean endsUnseen(InputEnd end, ConnectionHold hold) {
		if (end == InputEnd.ON_REQUEST) {
			return true;
		}
		this.frameHooks.ended(this.connection);
		if (!this.connection.isClosing() && !hold.isGuarded()) {
			show();
		}
		return this.hold != null;
	}

	@Override
	public void aborting(AbortReason reason, @Nullable Throwable cause) {
		this.connection.closingBecause(switch (reason) {
			case BROKEN -> DisconnectReason.RESET;
			case OVERFLOW -> DisconnectReason.SLOW_CONSUMER;
			case STALLED -> DisconnectReason.WRITE_TIMEOUT;
			case MEMORY -> DisconnectReason.MEMORY;
			case FAILED ->
				(cause instanceof OutOfMemoryError) ? DisconnectReason.MEMORY : DisconnectReason.HANDLER_ERROR;
		}, cause);
	}

	@Override
	public void closed() {
		try {
			if (this.connection.closing().reason() == DisconnectReason.RESET) {
				this.frameHooks.ended(this.connection);
			}
		}
		finally {
			leave();
		}
	}

	private void leave() {
		if (this.hold != null) {
			this.hold = null;
			connectFailed(ConnectionHold.failure(this.connection.closing().cause()));
			return;
		}
		try {
			dropWaiting();
			this.context.registry().remove(this.connection);
			this.context.owner().closed(this.connection);
			end(this.connection::sendFailure);
		}
		finally {
			tellOfEnd();
		}
	}

	/** Handlers that block may keep what waits for them for long. */
	private void dropWaiting() {
		if (this.connection.closing().dropsReceived()) {
			this.delivery.drop();
		}
	}

	/**
	 * When not even this can wait for its turn, the place of the connection is free all
	 * the same.
	 */
	private void tellOfEnd() {
		try {
			this.delivery.tell(this.steps::closed);
		}
		catch (Throwable ex) {
			this.steps.closed();
		}
	}

	@Override
	public void released() {
		this.context.owner().released(this.connection);
	}

	@Override
	public void tick(long now) {
		ConnectionHold hold = this.hold;
		if (hold != null) {
			hold.tick(now);
			return;
		}
		StreamChannel channel = this.connection.channel();
		this.payloadHooks.tick(now);
		this.steps.tick(now);
		DisconnectReason missed = this.context.deadlines().missed(channel, now);
		if (missed != null) {
			this.connection.closingBecause(missed, null);
			channel.abort();
		}
		else {
			this.frameHooks.tick(this.connection, now);
		}
	}

	@Override
	public void repliesUnsent(int frames, Throwable failure) {
		for (int i = 0; i < frames; i++) {
			this.context.registry().counts().sends().ended(failure);
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

	/**
	 * What comes after a fault cannot be told apart any more. The connection is closed
	 * when the messages before it are handled; at once when not even that can be told.
	 */
	private void fail(Throwable failure, byte[] bytes, int start, int end) {
		this.faulty = true;
		ConnectionHold hold = this.hold;
		if (hold != null) {
			hold.refuse(ConnectionHold.strange(), 0);
			return;
		}
		try {
			String firstBytes = FirstBytes.of(bytes, start, end - start);
			SocketOperationException cause = (failure instanceof SocketOperationException known) ? known
					: FrameDecoder.malformed(this.context.settings(), failure, firstBytes);
			end(() -> noMoreAnswers(SocketErrorCode.NOT_CONNECTED, cause));
			this.delivery.fault(new MessageFault(cause, firstBytes, true));
		}
		catch (Throwable ex) {
			this.connection.closingBecause(DisconnectReason.FRAME_ERROR, failure);
			this.connection.channel().abort();
		}
	}

	private SocketOperationException noMoreAnswers(SocketErrorCode code, @Nullable Throwable cause) {
		return new SocketOperationException(code, this.connection + " reads no more answers", cause);
	}

}
