package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.DisconnectReason;
import dev.sockets.framing.FrameHints;
import dev.sockets.loop.stream.AbortReason;
import dev.sockets.loop.stream.ChannelHandler;
import dev.sockets.loop.stream.InputEnd;
import dev.sockets.loop.stream.PauseReason;
import dev.sockets.loop.stream.StreamChannel;
import dev.sockets.loop.stream.Unread;
import dev.sockets.loop.stream.UnsentReason;

/**
 * The way in of one connection: what the engine tells of it goes to the
 * {@link FrameReader}, and by the {@link ConnectionDelivery} to the application, in order
 * with the {@link ConnectionSteps}.
 */
public final class ConnectionReader implements ChannelHandler {

	private final DefaultConnection connection;

	private final ConnectionContext context;

	/** Made when there is one. */
	private volatile @Nullable PayloadHooks payloadHooks;

	private final ConnectionDelivery delivery;

	private final FrameReader frames;

	private final ConnectionSteps steps;

	/** Made where heartbeats are sent. */
	private @Nullable OpenBeat openBeat;

	/** Made when its bytes are shown for the first time. */
	private volatile @Nullable WireView wire;

	/** Open, but not yet shown to the application. */
	private @Nullable ConnectionHold hold;

	private volatile boolean released;

	ConnectionReader(DefaultConnection connection, ConnectionContext context) {
		this.connection = connection;
		this.context = context;
		this.delivery = new ConnectionDelivery(connection, context);
		this.frames = new FrameReader(this, connection, context);
		this.steps = new ConnectionSteps(connection, context);
	}

	public FrameReader frames() {
		return this.frames;
	}

	/** Returns what looks at payloads; {@link #add} adds to it. */
	public PayloadHooks payloadHooks() {
		PayloadHooks hooks = this.payloadHooks;
		return (hooks != null) ? hooks : PayloadHooks.NONE;
	}

	/** Has a hook look at payloads after all others; open to all threads. */
	void add(PayloadHook hook) {
		madeHooks().add(hook);
		this.connection.channel().timers().stir();
	}

	private synchronized PayloadHooks madeHooks() {
		PayloadHooks hooks = this.payloadHooks;
		if (hooks == null) {
			hooks = new PayloadHooks();
			this.payloadHooks = hooks;
		}
		return hooks;
	}

	OpenBeat openBeat() {
		OpenBeat openBeat = this.openBeat;
		if (openBeat == null) {
			openBeat = new OpenBeat();
			this.openBeat = openBeat;
		}
		return openBeat;
	}

	MessageFailures failures() {
		return new MessageFailures(this.connection, this.context);
	}

	public ConnectionDelivery delivery() {
		return this.delivery;
	}

	/**
	 * Nothing more is read.
	 * @param cause makes what those get who wait for something from the peer
	 */
	void end(Supplier<SocketOperationException> cause) {
		madeHooks().end(cause);
	}

	/**
	 * Returns what holds the connection back from the application.
	 * @return the hold; {@code null} once the application knows of the connection
	 */
	public @Nullable ConnectionHold hold() {
		return this.hold;
	}

	@Override
	public void opened() {
		if (this.frames.areOneByOne()) {
			this.connection.channel().readNothingAhead();
		}
		boolean guarded = payloadHooks().hold();
		if (!guarded && this.context.owner().holdNanos() == 0) {
			show();
			return;
		}
		this.hold = new ConnectionHold(this.connection, this.context.owner(), guarded);
		this.context.owner().held(this.connection);
		if (this.connection.isOpen()) {
			payloadHooks().begin();
		}
	}

	/** The application gets to know the connection. */
	void show() {
		this.hold = null;
		this.context.registry().add(this.connection);
		this.context.owner().opened(this.connection);
		payloadHooks().opened();
		this.delivery.tell(this.steps::opened);
	}

	@Override
	public void connectFailed(IOException cause) {
		try {
			this.context.owner().connectFailed(this.connection, explained(cause));
		}
		finally {
			this.context.registry().forget(this.connection.run());
		}
	}

	private IOException explained(IOException cause) {
		EndpointTls tls = this.context.tls();
		return (tls != null) ? tls.explained(cause) : cause;
	}

	@Override
	public int received(byte[] bytes, int start, int end) {
		ConnectionHold hold = this.hold;
		return (hold != null) ? hold.received(bytes, start, end) : this.frames.read(bytes, start, end);
	}

	@Override
	public int receivedLast(byte[] bytes, int start, int end) {
		return (this.hold != null) ? start : this.frames.readLast(bytes, start, end);
	}

	/**
	 * There is one reason less not to read, and what was read already goes on too if
	 * there is none left.
	 * @param reason the reason
	 */
	void readOn(PauseReason reason) {
		this.connection.channel().resume(reason);
		this.delivery.goOn();
	}

	@Override
	public int receivedBeforeSilence(byte[] bytes, int start, int end) {
		this.frames.silence(true);
		try {
			return received(bytes, start, end);
		}
		finally {
			this.frames.silence(false);
		}
	}

	@Override
	public void resumed() {
		PacedSends paced = this.connection.protocol().paced();
		if (paced != null) {
			paced.calledBack();
		}
		ConnectionHold hold = this.hold;
		if (hold != null) {
			hold.resumed();
		}
	}

	@Override
	public boolean mayLeave(boolean receiving) {
		return receiving ? this.hold == null : this.delivery.isTelling();
	}

	@Override
	public @Nullable Unread leave(boolean receiving) {
		if (receiving) {
			return this.frames.leave();
		}
		this.delivery.leave();
		return null;
	}

	@Override
	public void inputEnded(InputEnd end) {
		ConnectionHold hold = this.hold;
		if (hold != null && endsUnseen(end, hold)) {
			this.connection.closingBecause(
					(end == InputEnd.ON_REQUEST) ? DisconnectReason.SHUTDOWN : DisconnectReason.REMOTE, null);
			this.connection.channel().close();
			return;
		}
		this.delivery.goOn();
		if (end == InputEnd.ON_REQUEST) {
			end(this.connection.isClosing() ? this.connection::sendFailure
					: () -> noMoreAnswers(SocketErrorCode.SHUTTING_DOWN, null));
			this.delivery.tell(this.steps::ending);
			return;
		}
		this.frames.hooks().ended(this.connection);
		end(this.connection.isClosing() ? this.connection::sendFailure
				: () -> noMoreAnswers(SocketErrorCode.NOT_CONNECTED, this.frames.incompleteFailure()));
		this.delivery
			.tell((end == InputEnd.TRUNCATED && !this.frames.areBroken()) ? this.steps::truncated : this.steps::ended);
	}

	private boolean endsUnseen(InputEnd end, ConnectionHold hold) {
		if (end == InputEnd.ON_REQUEST) {
			return true;
		}
		this.frames.hooks().ended(this.connection);
		if (!this.connection.isClosing() && !hold.isGuarded()) {
			show();
		}
		return this.hold != null;
	}

	@Override
	public void aborting(AbortReason reason, @Nullable Throwable cause) {
		this.connection.closingBecause(
				CloseReason.of(reason, (cause instanceof IOException failure) ? explained(failure) : cause));
	}

	@Override
	public void closed() {
		try {
			if (this.connection.closing().reason() == DisconnectReason.RESET) {
				this.frames.hooks().ended(this.connection);
			}
		}
		finally {
			leave();
		}
	}

	private void leave() {
		if (this.hold != null) {
			leaveUnseen();
		}
		else {
			this.steps.leave();
		}
	}

	private void leaveUnseen() {
		this.hold = null;
		try {
			end(this.connection::sendFailure);
		}
		finally {
			connectFailed(HandshakeFailures.ended(this.connection.closing().cause()));
			this.connection.ended();
		}
	}

	@Override
	public void released() {
		this.released = true;
		this.context.owner().released(this.connection);
	}

	/** Returns whether the socket was given back. Open to all threads. */
	public boolean isReleased() {
		return this.released;
	}

	@Override
	public void tick(long now) {
		ConnectionHold hold = this.hold;
		if (hold != null) {
			hold.tick(now);
			return;
		}
		StreamChannel channel = this.connection.channel();
		this.context.dispatch().threads().look();
		boolean reads = !this.connection.isClosing() && channel.activity().readFor(now) > 0;
		payloadHooks().tick(now);
		if (reads && this.connection.isClosing()) {
			this.frames.endWithin(this.connection.closing().reason(), channel.activity().begun(FrameHints.MOST));
		}
		this.steps.tick(now);
		DisconnectReason missed = this.context.deadlines().missed(channel, now);
		if (missed != null) {
			this.connection.closingBecause(missed,
					reads ? this.frames.endWithin(missed, channel.activity().begun(FrameHints.MOST)) : null);
			channel.abort();
		}
		else {
			this.frames.hooks().tick(this.connection, now);
		}
	}

	@Override
	public long touch() {
		return this.frames.messages() + this.delivery.begun() + (this.connection.isClosing() ? 1 : 0);
	}

	@Override
	public boolean isAtRest(long now) {
		return this.hold == null && !this.connection.isClosing() && payloadHooks().isEmpty() && this.frames.isAtRest()
				&& this.steps.isAtRest() && this.context.deadlines().areFar(this.connection.channel(), now);
	}

	@Override
	public void repliesUnsent(int frames, Throwable failure) {
		for (int i = 0; i < frames; i++) {
			this.context.registry().counts().sends().ended(failure);
		}
	}

	@Override
	public Throwable unsent(UnsentReason reason) {
		return this.connection.writer().unsent(reason);
	}

	@Override
	public void takenOver() {
		this.context.dispatch().takenOver();
	}

	/** What a peer authenticates with is for nobody to see. */
	@Override
	public boolean watchesTraffic() {
		if (!this.context.wireLog().isOn() && !this.context.tracer().isOn()) {
			return false;
		}
		ConnectionHold hold = this.hold;
		return hold == null || !hold.isGuarded();
	}

	@Override
	public void transferred(boolean received, ByteBuffer bytes) {
		WireView wire = this.wire;
		((wire != null) ? wire : makeWire()).show(received, bytes);
	}

	private synchronized WireView makeWire() {
		WireView wire = this.wire;
		if (wire == null) {
			wire = new WireView(this.connection, this.context);
			this.wire = wire;
		}
		return wire;
	}

	SocketOperationException noMoreAnswers(SocketErrorCode code, @Nullable Throwable cause) {
		return new SocketOperationException(code, this.connection + " reads no more answers", cause);
	}

}
