package dev.sockets.loop.stream;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import dev.sockets.loop.EventLoop;
import dev.sockets.loop.LoopBuffers;
import dev.sockets.loop.LoopRunner;
import dev.sockets.loop.Registration;
import dev.sockets.loop.Selectable;

/**
 * A connected socket on an event loop. Reading belongs to one thread at a time (the
 * loop's, or a late runner's that is still inside); writing is open to all.
 */
public final class StreamChannel implements Selectable {

	/** More bytes than these are not kept for one write. */
	private static final int MOST_GATHERED = 64 * 1024;

	private enum State {

		OPEN, CLOSING, CLOSED

	}

	/* Written by the reading thread only, so an ordered write without a fence will do. */
	private static final AtomicLongFieldUpdater<StreamChannel> RECEIVED = AtomicLongFieldUpdater
		.newUpdater(StreamChannel.class, "received");

	private static final AtomicLongFieldUpdater<StreamChannel> LAST_READ = AtomicLongFieldUpdater
		.newUpdater(StreamChannel.class, "lastRead");

	private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

	private final SocketChannel socket;

	private final ChannelSettings settings;

	private final ChannelHandler handler;

	private final Registration registration;

	private final Outbound outbound;

	private final ReadInterest gate;

	private final Remainder rest = new Remainder();

	private @Nullable PendingConnect connecting;

	private volatile boolean opened;

	/** What the thread inside {@link ChannelHandler#received} works with. */
	private @Nullable LoopBuffers serving;

	private boolean ended;

	private volatile boolean lingering;

	private volatile long received;

	private volatile long lastRead;

	/**
	 * Creates a channel; nothing happens until it is opened or connected.
	 * @param loop its event loop
	 * @param socket the socket, not blocking
	 * @param settings its bounds
	 * @param handler what becomes of its bytes
	 */
	public StreamChannel(EventLoop loop, SocketChannel socket, ChannelSettings settings, ChannelHandler handler) {
		this.socket = socket;
		this.settings = settings;
		this.handler = handler;
		this.registration = new Registration(loop, this);
		this.outbound = new Outbound(this, socket, settings.maxPending(), settings.overflow());
		this.lastRead = loop.nanos();
		this.gate = new ReadInterest(this.registration, PauseReason.UNOPENED, this.lastRead);
	}

	/** Opens the channel of a socket that is connected. */
	public void open() {
		signal(Signal.OPEN);
	}

	/**
	 * Connects the socket, and opens the channel then.
	 * @param address the peer's address
	 * @param timeoutNanos how long to try
	 */
	public void connect(InetSocketAddress address, long timeoutNanos) {
		this.connecting = new PendingConnect(this.socket, address, timeoutNanos);
		signal(Signal.OPEN);
	}

	/**
	 * Returns whether bytes can be sent.
	 * @return {@code false} once either side has begun to close
	 */
	public boolean isOpen() {
		return this.state.get() == State.OPEN;
	}

	/**
	 * Returns whether the handler should take more of what was received.
	 * @return {@code false} while reading is paused for any reason, and after closing
	 */
	public boolean isReading() {
		return this.gate.isOpenBut(PauseReason.LATE_HANDLER);
	}

	/**
	 * Returns whether the calling thread is handling what this channel received, so that
	 * what it sends leaves with the batch.
	 * @return whether it is
	 */
	public boolean isInBatch() {
		return this.outbound.isInBatch();
	}

	/**
	 * Returns whether the calling thread is serving this channel for its event loop, so
	 * that nothing more is read before it returns.
	 * @return whether it is
	 */
	public boolean isServedByCaller() {
		return this.registration.isServedByCaller();
	}

	/**
	 * Collects what the calling thread sends until {@link ChannelHandler#received}
	 * returns, and writes it at once then. Called within that method, when it handles
	 * what was received itself.
	 */
	public void collectReplies() {
		LoopBuffers buffers = this.serving;
		if (buffers != null) {
			beginBatch(buffers.tool(StreamChannel::batch));
		}
	}

	/**
	 * Makes the calling thread collect what it sends.
	 * @param batch where to collect it
	 */
	void beginBatch(ReplyBatch batch) {
		this.outbound.beginBatch(batch);
	}

	void flushBatch() {
		this.outbound.flushBatch();
	}

	void endBatch() {
		this.outbound.endBatch();
	}

	@Override
	public void flushStale() {
		this.outbound.flushStale();
	}

	/**
	 * Appends bytes to the batch of the calling thread.
	 * @param bytes holds them
	 * @param length how many, from index 0
	 * @return {@code false} when the calling thread has no batch here or there is no room
	 */
	public boolean append(byte[] bytes, int length) {
		return this.outbound.append(bytes, length);
	}

	/**
	 * Returns whether bytes can be queued without more of them waiting than allowed.
	 * @param size how many bytes
	 * @return whether there is room
	 */
	public boolean hasRoom(int size) {
		return !this.outbound.isFull(size);
	}

	/**
	 * Queues bytes and returns at once.
	 * @param bytes what to send; its content is not changed
	 * @param callback told how it ended; may be {@code null}
	 * @return {@code false} when it has failed already
	 */
	public boolean send(ByteBuffer bytes, @Nullable SendCallback callback) {
		boolean inBatch = isInBatch();
		if (inBatch) {
			this.outbound.flushBatch();
		}
		return this.outbound.send(new PendingWrite(bytes, 1, inBatch, callback), true, inBatch);
	}

	/**
	 * Queues bytes that many channels are sent, and returns at once. What a loop's own
	 * thread offers leaves when the loop has served everything that is ready, in one
	 * write with what else was offered until then.
	 * @param bytes what to send; its content is not changed
	 * @param callback told how it ended; may be {@code null}
	 * @return {@code false} when it has failed already
	 */
	public boolean offer(ByteBuffer bytes, @Nullable SendCallback callback) {
		if (isInBatch() || !loop().isRunByCaller() || this.outbound.pending() > MOST_GATHERED) {
			return send(bytes, callback);
		}
		boolean queued = this.outbound.send(new PendingWrite(bytes, 1, false, callback), true, true);
		signal(Signal.WRITE);
		return queued;
	}

	/**
	 * Makes room for bytes that the calling thread is about to {@linkplain #enqueue
	 * enqueue}.
	 * @param size how many bytes
	 * @return {@code false} when more bytes would wait to be written than allowed
	 */
	public boolean makeRoom(int size) {
		if (isInBatch()) {
			this.outbound.flushBatch();
		}
		return this.outbound.admits(size);
	}

	/**
	 * Queues bytes and leaves it to {@link #writeQueued()} to write or fail them. Calls
	 * no one, so it may be called with a lock held that decides on an order.
	 * @param bytes what to send; its content is not changed
	 * @param callback told how it ended; may be {@code null}
	 */
	public void enqueue(ByteBuffer bytes, @Nullable SendCallback callback) {
		this.outbound.put(new PendingWrite(bytes, 1, isInBatch(), callback));
	}

	/** Writes what was enqueued, as far as the socket takes it. */
	public void writeQueued() {
		this.outbound.settle(isInBatch());
	}

	/**
	 * Queues bytes and waits until the socket has taken them. Not to be called by a
	 * thread that {@linkplain EventLoop#mayWait() may not wait}.
	 * @param bytes what to send; its content is not changed
	 * @param callback told how it ended; may be {@code null}
	 * @return why they were not sent; {@code null} when they were
	 */
	public @Nullable Throwable sendAndAwait(ByteBuffer bytes, @Nullable SendCallback callback) {
		boolean inBatch = isInBatch();
		if (inBatch) {
			this.outbound.flushBatch();
		}
		PendingWrite outgoing = new PendingWrite(bytes, 1, inBatch, callback);
		this.outbound.send(outgoing, false, false);
		return outgoing.await();
	}

	/**
	 * Closes after everything was written, or when the peer takes nothing for too long.
	 */
	public void close() {
		if (this.state.compareAndSet(State.OPEN, State.CLOSING)) {
			pause(PauseReason.CLOSING);
			drained();
		}
	}

	/**
	 * Takes in nothing more, and tells the handler so when no other call of it is under
	 * way.
	 */
	public void endInput() {
		signal(Signal.END_INPUT);
	}

	/** Closes at once; what waits to be written fails. */
	public void abort() {
		if (this.state.getAndSet(State.CLOSED) != State.CLOSED) {
			pause(PauseReason.CLOSING);
			closeSocket();
			this.outbound.close();
			signal(Signal.CLOSED);
		}
	}

	/** Interrupts the thread that is handling what this channel received, if one is. */
	public void interruptHandler() {
		this.outbound.interruptHandler();
	}

	/**
	 * Pauses reading for a reason.
	 * @param reason the reason
	 */
	public void pause(PauseReason reason) {
		this.gate.shut(reason);
	}

	/**
	 * Goes on reading when no other reason is left.
	 * @param reason the reason
	 */
	public void resume(PauseReason reason) {
		if (this.gate.open(reason)) {
			signal(Signal.RESUME);
		}
	}

	/**
	 * Returns how many bytes wait to be written.
	 * @return the number of bytes
	 */
	public int pending() {
		return this.outbound.pending();
	}

	/**
	 * Returns how many bytes were received.
	 * @return the number of bytes
	 */
	public long bytesReceived() {
		return this.received;
	}

	/**
	 * Returns how many bytes were written.
	 * @return the number of bytes
	 */
	public long bytesWritten() {
		return this.outbound.written();
	}

	/**
	 * Returns how many frames were written, in batches or by sends.
	 * @return the number of frames
	 */
	public long framesWritten() {
		return this.outbound.frames();
	}

	/**
	 * Returns the socket.
	 * @return the socket as the classic API sees it
	 */
	public Socket socket() {
		return this.socket.socket();
	}

	/**
	 * Returns when bytes were last received, or the channel was made.
	 * @return a reading of {@code System.nanoTime()}, exact to a few milliseconds
	 */
	public long lastRead() {
		return this.lastRead;
	}

	/**
	 * Returns when bytes were last written, or the channel was made.
	 * @return a reading of {@code System.nanoTime()}, exact to a few milliseconds
	 */
	public long lastWrite() {
		return this.outbound.lastWrite();
	}

	/**
	 * Returns how long the peer has been silent.
	 * @param now a reading of {@code System.nanoTime()}
	 * @return nanoseconds during which it was read all the time; 0 while it isn't
	 */
	public long silentFor(long now) {
		return this.gate.isOpen() ? Math.min(now - this.lastRead, now - this.gate.openSince()) : 0;
	}

	/**
	 * Returns whether the peer has left a frame incomplete for some time.
	 * @param now a reading of {@code System.nanoTime()}
	 * @param timeout for how long, in nanoseconds
	 * @return whether it has, although it is being read
	 */
	public boolean isFrameLate(long now, long timeout) {
		return this.rest.isPresent() && this.gate.isOpen()
				&& Math.min(now - this.rest.since(), now - this.gate.openSince()) > timeout;
	}

	EventLoop loop() {
		return this.registration.loop();
	}

	ChannelHandler handler() {
		return this.handler;
	}

	boolean isClosing() {
		return this.state.get() == State.CLOSING;
	}

	void signal(Signal signal) {
		this.registration.signal(signal.bit);
	}

	void interestOn(int operations) {
		this.registration.interestOn(operations);
	}

	void interestOff(int operations) {
		this.registration.interestOff(operations);
	}

	/**
	 * Explains why there is no room.
	 * @return the exception that senders get
	 */
	public Throwable overflowFailure() {
		return this.handler.unsent(UnsentReason.OVERFLOW);
	}

	Throwable sendFailure() {
		return this.handler.unsent(UnsentReason.CLOSED);
	}

	void overflowed() {
		this.handler.aborting(AbortReason.OVERFLOW, null);
		abort();
	}

	void writeFailed(IOException cause) {
		this.handler.aborting(AbortReason.BROKEN, cause);
		if (this.state.getAndSet(State.CLOSED) != State.CLOSED) {
			pause(PauseReason.CLOSING);
			closeSocket();
			signal(Signal.CLOSED);
		}
	}

	/** Finishes closing, if that was asked for and nothing is left to write. */
	void drained() {
		if (isClosing() && this.outbound.isEmpty() && this.state.compareAndSet(State.CLOSING, State.CLOSED)) {
			this.outbound.close();
			if (this.ended || this.settings.resetOnClose() || !this.socket.isConnected()) {
				closeSocket();
			}
			else {
				shutdownOutput();
			}
			signal(Signal.CLOSED);
		}
	}

	@Override
	public void ready(int operations, LoopRunner runner) {
		if ((operations & SelectionKey.OP_CONNECT) != 0) {
			finishConnect();
			return;
		}
		if ((operations & SelectionKey.OP_WRITE) != 0) {
			this.outbound.writable();
		}
		if ((operations & SelectionKey.OP_READ) != 0) {
			if (this.lingering) {
				discard(runner.buffers().input);
			}
			else if (this.gate.isOpen()) {
				read(runner.buffers());
			}
		}
	}

	@Override
	public void signalled(int signals, LoopRunner runner) {
		if (Signal.OPEN.isIn(signals)) {
			begin();
		}
		if (Signal.CONNECT_TIMEOUT.isIn(signals)) {
			connectLate();
		}
		if (Signal.WRITE.isIn(signals)) {
			this.outbound.pump();
		}
		if (Signal.RESUME.isIn(signals)) {
			resume(runner.buffers());
		}
		if (Signal.END_INPUT.isIn(signals)) {
			pause(PauseReason.CLOSING);
			this.handler.inputEnded(InputEnd.ON_REQUEST);
		}
		if (Signal.CLOSED.isIn(signals)) {
			finishClose();
		}
		if (Signal.LINGERED.isIn(signals)) {
			endLingering();
		}
	}

	@Override
	public void tick(long now) {
		if (this.outbound.isStuck(now, this.settings.writeTimeoutNanos())) {
			this.handler.aborting(AbortReason.STALLED, null);
			abort();
		}
		else if (this.opened && isOpen()) {
			this.handler.tick(now);
		}
	}

	@Override
	public void held() {
		pause(PauseReason.LATE_HANDLER);
		loop().entered(this);
		this.handler.takenOver();
	}

	@Override
	public void released() {
		loop().left(this);
		resume(PauseReason.LATE_HANDLER);
	}

	@Override
	public boolean guarded() {
		return this.settings.mayBlock();
	}

	private void begin() {
		try {
			PendingConnect connecting = this.connecting;
			if (connecting == null || connecting.begin()) {
				this.registration.register(this.socket, 0);
				opened();
			}
			else {
				this.registration.register(this.socket, SelectionKey.OP_CONNECT);
				loop().schedule(connecting.timeoutNanos(), this.registration, Signal.CONNECT_TIMEOUT.bit);
			}
		}
		catch (IOException | RuntimeException ex) {
			connectFailed((ex instanceof IOException io) ? io : new IOException(ex));
		}
	}

	private void finishConnect() {
		try {
			if (this.connecting != null && this.connecting.finish()) {
				interestOff(SelectionKey.OP_CONNECT);
				opened();
			}
		}
		catch (IOException ex) {
			connectFailed(ex);
		}
	}

	private void connectLate() {
		if (this.connecting != null && !this.opened && this.socket.isOpen()) {
			connectFailed(this.connecting.timeout());
		}
	}

	private void opened() {
		this.opened = true;
		this.handler.opened();
		resume(PauseReason.UNOPENED);
	}

	private void connectFailed(IOException cause) {
		if (this.state.getAndSet(State.CLOSED) != State.CLOSED) {
			closeSocket();
			this.outbound.close();
			this.handler.connectFailed(cause);
		}
	}

	private void read(LoopBuffers buffers) {
		ByteBuffer input = buffers.input.clear().limit(this.settings.readBuffer());
		int count;
		try {
			count = this.socket.read(input);
		}
		catch (IOException ex) {
			this.handler.aborting(AbortReason.BROKEN, ex);
			abort();
			return;
		}
		if (count < 0) {
			this.ended = true;
			pause(PauseReason.CLOSING);
			this.handler.inputEnded((this.rest.bytes() != null) ? InputEnd.TRUNCATED : InputEnd.BY_PEER);
		}
		else if (count > 0) {
			RECEIVED.lazySet(this, this.received + count);
			LAST_READ.lazySet(this, loop().nanos());
			accept(buffers, input.flip());
		}
	}

	private void accept(LoopBuffers buffers, ByteBuffer input) {
		int count = input.remaining();
		byte[] begun = this.rest.bytes();
		if (begun == null) {
			input.get(buffers.bytes, 0, count);
			deliver(buffers, buffers.bytes, count);
		}
		else {
			deliver(buffers, this.rest.append(begun, input), this.rest.length() + count);
		}
	}

	private void deliver(LoopBuffers buffers, byte[] bytes, int end) {
		int next = end;
		this.serving = buffers;
		try {
			next = this.handler.received(bytes, 0, end);
		}
		finally {
			this.serving = null;
			if (isInBatch()) {
				endBatch();
			}
			this.rest.keep(bytes, next, end, loop());
		}
	}

	private static ReplyBatch batch(LoopBuffers buffers) {
		return new ReplyBatch(buffers.output);
	}

	private void resume(LoopBuffers buffers) {
		byte[] begun = this.rest.bytes();
		if (begun != null && this.gate.isOpen()) {
			deliver(buffers, begun, this.rest.length());
		}
		this.gate.readOn();
	}

	private void finishClose() {
		if (this.opened) {
			this.handler.closed();
		}
		else {
			this.handler.connectFailed(new IOException("Closed before it was connected"));
		}
		this.rest.drop();
		if (this.socket.isOpen() && loop().beginLingering()) {
			this.lingering = true;
			loop().schedule(EventLoop.LINGER_NANOS, this.registration, Signal.LINGERED.bit);
			interestOn(SelectionKey.OP_READ);
		}
		else {
			release();
		}
	}

	private void release() {
		if (this.socket.isOpen()) {
			closeSocket();
		}
		if (this.opened) {
			this.handler.released();
		}
	}

	private void endLingering() {
		if (this.lingering) {
			this.lingering = false;
			loop().endLingering();
			release();
		}
	}

	/** Reads what the peer had sent before it knew, as unread bytes would reset it. */
	private void discard(ByteBuffer input) {
		try {
			if (this.socket.read(input.clear()) >= 0) {
				return;
			}
		}
		catch (IOException ex) {
			// the peer is gone, which is what was waited for
		}
		endLingering();
	}

	private void shutdownOutput() {
		try {
			this.socket.shutdownOutput();
		}
		catch (IOException ex) {
			closeSocket();
		}
	}

	private void closeSocket() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			// it is closed as far as that is possible
		}
		loop().wakeUp();
	}

}
