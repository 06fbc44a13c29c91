package dev.sockets.loop.stream;

import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

import org.jspecify.annotations.Nullable;

import dev.sockets.loop.EventLoop;

/**
 * A connected socket on an event loop: the face of what reads it, writes to it and closes
 * it. Open to all threads.
 */
public final class StreamChannel {

	private final ChannelSettings settings;

	private final ChannelHandler handler;

	private final Transport transport;

	private final StreamPort port;

	private final ReadInterest interest;

	private final StreamReader reader;

	private final ChannelMemory memory;

	private final WaterMarks waterMarks;

	private final SocketWriter writer;

	private final Flusher flusher;

	private final Outbound outbound;

	private final StreamCloser closer;

	/**
	 * Creates a channel on a plain socket; nothing happens until it is opened or
	 * connected.
	 * @param loop its event loop
	 * @param socket the socket, not blocking
	 * @param settings its bounds
	 * @param handler what becomes of its bytes
	 */
	public StreamChannel(EventLoop loop, SocketChannel socket, ChannelSettings settings, ChannelHandler handler) {
		this(loop, Transport.of(socket), settings, handler);
	}

	/**
	 * Creates a channel; nothing happens until it is opened or connected.
	 * @param loop its event loop
	 * @param transport what carries its bytes
	 * @param settings its bounds
	 * @param handler what becomes of its bytes
	 */
	public StreamChannel(EventLoop loop, Transport transport, ChannelSettings settings, ChannelHandler handler) {
		long now = loop.nanos();
		this.settings = settings;
		this.handler = handler;
		this.transport = transport;
		this.port = new StreamPort(loop, this, transport);
		this.interest = new ReadInterest(this.port.registration(), PauseReason.UNOPENED, now);
		this.memory = new ChannelMemory(loop.memory());
		this.reader = new StreamReader(this, transport, this.interest, now);
		this.waterMarks = new WaterMarks(settings.maxPending(), loop.memory());
		this.writer = new SocketWriter(this, transport, this.waterMarks, now);
		this.flusher = new Flusher(this, this.writer);
		this.outbound = new Outbound(this, this.flusher, this.writer, this.waterMarks);
		this.closer = new StreamCloser(this, transport);
	}

	/** Opens the channel of a socket that is connected. */
	public void open() {
		this.port.open();
	}

	/** Connects the socket within some time, and opens the channel then. */
	public void connect(SocketAddress address, long timeoutNanos) {
		this.port.connect(address, timeoutNanos);
	}

	/**
	 * Returns whether bytes can be sent.
	 * @return {@code false} before it is connected, and once either side has begun to
	 * close
	 */
	public boolean isOpen() {
		return this.closer.isOpen();
	}

	/**
	 * Returns whether the handler should take more of what was received.
	 * @return {@code false} while reading is paused for any reason, and after closing
	 */
	public boolean isReading() {
		return this.interest.isOpenBut(PauseReason.LATE_HANDLER);
	}

	/**
	 * Returns what the calling thread is to this channel.
	 * @return decides how it may send and wait
	 */
	public Caller caller() {
		return Caller.of(this);
	}

	/**
	 * Collects what the calling thread sends until {@link ChannelHandler#received}
	 * returns, and writes it at once then. Called within that method, when it handles
	 * what was received itself.
	 */
	public void collectReplies() {
		this.reader.collectReplies();
	}

	/**
	 * Writes what is collected of the calling thread, before another one sends something
	 * that is to come after it.
	 */
	public void flushCollected() {
		this.outbound.flushCollected();
	}

	/**
	 * Appends bytes to what is collected of the calling thread.
	 * @return {@code false} when nothing is collected or there is no room
	 */
	public boolean append(byte[] bytes, int length) {
		return this.flusher.append(bytes, length);
	}

	/** Returns whether so many bytes can be queued that no more wait than allowed. */
	public boolean hasRoom(int size) {
		return !this.waterMarks.isFull(size);
	}

	/**
	 * Queues bytes and returns at once.
	 * @param bytes what to send; its content is not changed
	 * @return why they have failed already; {@code null} when they were written or wait
	 */
	public @Nullable Throwable send(ByteBuffer bytes, @Nullable SendCallback callback) {
		return this.outbound.send(bytes, callback);
	}

	/**
	 * Queues bytes that many channels are sent, and returns at once. What a loop's own
	 * thread offers leaves when the loop has served everything that is ready, in one
	 * write with what else was offered until then.
	 * @return {@code false} when it has failed already
	 */
	public boolean offer(ByteBuffer bytes, @Nullable SendCallback callback) {
		return this.outbound.offer(bytes, callback);
	}

	/**
	 * Queues bytes and leaves it to the event loop to write them, in one write with what
	 * else is queued until it comes to that. For many threads that send a little each.
	 * @return why they have failed already; {@code null} when they wait
	 */
	public @Nullable Throwable post(ByteBuffer bytes, @Nullable SendCallback callback) {
		return this.outbound.post(bytes, callback);
	}

	/**
	 * Queues bytes for {@link #writeQueued()}, which has to follow, to write together
	 * with what follows them. They are written before that when much waits.
	 * @return why they have failed already; {@code null} when they were written or wait
	 */
	public @Nullable Throwable gather(ByteBuffer bytes, @Nullable SendCallback callback) {
		return this.outbound.gather(bytes, callback);
	}

	/**
	 * Makes room for bytes that the calling thread is about to {@linkplain #enqueue
	 * enqueue}.
	 * @return why they would be refused; {@code null} when there is room
	 */
	public @Nullable Throwable makeRoom(int size) {
		return this.outbound.admits(size) ? null : this.handler.unsent(UnsentReason.OVERFLOW);
	}

	/**
	 * Queues bytes and leaves it to {@link #writeQueued()} to write or fail them. Calls
	 * no one, so it may be called with a lock held that decides on an order.
	 */
	public void enqueue(ByteBuffer bytes, @Nullable SendCallback callback) {
		this.outbound.enqueue(bytes, callback);
	}

	/** Writes what was enqueued, as far as the socket takes it. */
	public void writeQueued() {
		this.outbound.settle();
	}

	/**
	 * Queues bytes and waits until the socket has taken them. Not to be called by a
	 * thread that {@linkplain EventLoop#mayWait() may not wait}.
	 */
	public @Nullable Throwable sendAndAwait(ByteBuffer bytes, @Nullable SendCallback callback) {
		return this.outbound.sendAndAwait(bytes, callback);
	}

	/**
	 * Returns whether the calling thread may wait for something that this channel is to
	 * receive, when it {@linkplain #letAwaitInput() says so}.
	 * @return {@code false} when nothing would be read while it waits
	 */
	public boolean mayAwaitInput() {
		return Departure.isPossible(this);
	}

	/**
	 * Says that the calling thread is about to wait for something that this channel is to
	 * receive. What the thread has collected is written, and if it is the one that would
	 * read, another one does instead.
	 * @return {@code false} when nothing would be read while it waits
	 */
	public boolean letAwaitInput() {
		return Departure.begin(this);
	}

	/**
	 * Closes after everything was written, or when the peer takes nothing for too long.
	 */
	public void close() {
		this.closer.close();
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
		this.closer.abort();
	}

	/** Closes at once, for a reason and what has failed. */
	void abort(AbortReason reason, @Nullable Throwable cause) {
		try {
			this.handler.aborting(reason, cause);
		}
		finally {
			this.closer.abort();
		}
	}

	/** Interrupts the thread that is handling what this channel received, if one is. */
	public void interruptHandler() {
		this.flusher.interruptHandler();
	}

	/**
	 * Has nothing read while reading is paused, not even to see whether the peer has
	 * gone, as it may be meant for another protocol. Called before the channel reads.
	 */
	public void readNothingAhead() {
		this.interest.readNothingAhead();
	}

	/** Pauses reading for a reason. */
	public void pause(PauseReason reason) {
		this.interest.shut(reason);
	}

	/** Goes on reading when no other reason than this one is left. */
	public void resume(PauseReason reason) {
		if (this.interest.open(reason)) {
			signal(Signal.RESUME);
		}
	}

	/**
	 * Has {@link ChannelHandler#resumed} called on the loop, whether reading is paused or
	 * not.
	 */
	public void callBack() {
		signal(Signal.RESUME);
	}

	/**
	 * Returns whether what was read already is to wait too, because the application has
	 * paused reading or too many replies wait; {@code false} once the input has ended.
	 */
	boolean holdsBack() {
		return (isPausedFor(PauseReason.APPLICATION) || isPausedFor(PauseReason.ANSWERS))
				&& !isPausedFor(PauseReason.CLOSING);
	}

	/** Returns what the channel may do after some time. */
	public ChannelTimers timers() {
		return new ChannelTimers(this);
	}

	/** Returns how many bytes wait to be written. */
	public int pending() {
		return this.waterMarks.count();
	}

	/**
	 * Something that was received is kept until it is handled. When there is no memory
	 * for more, reading is paused until there is; when there is none even for this, the
	 * channel is closed, unless it keeps little.
	 * @param bytes how many bytes; to be {@linkplain #release released} again
	 */
	public void hold(long bytes) {
		MemoryBrake.hold(this, bytes);
	}

	/** Something that was kept is handled or dropped. */
	public void release(long bytes) {
		this.memory.add(-bytes);
	}

	/** Returns the socket as the classic API sees it. */
	public Socket socket() {
		return this.transport.socket();
	}

	/** Returns what the channel has read and written so far, and when. */
	public ChannelActivity activity() {
		return new ChannelActivity(this.reader, this.writer);
	}

	/**
	 * Returns the time for deadlines of this channel.
	 * @return as {@link EventLoop#nanos()}
	 */
	public long nanos() {
		return loop().nanos();
	}

	/** Returns the loop that serves the channel. */
	public EventLoop loop() {
		return this.port.registration().loop();
	}

	ChannelHandler handler() {
		return this.handler;
	}

	ChannelSettings settings() {
		return this.settings;
	}

	StreamPort port() {
		return this.port;
	}

	StreamReader reader() {
		return this.reader;
	}

	Flusher flusher() {
		return this.flusher;
	}

	ChannelMemory memory() {
		return this.memory;
	}

	WaterMarks waterMarks() {
		return this.waterMarks;
	}

	boolean isPausedFor(PauseReason reason) {
		return this.interest.isShutFor(reason);
	}

	SocketWriter writer() {
		return this.writer;
	}

	StreamCloser closer() {
		return this.closer;
	}

	void signal(Signal signal) {
		this.port.signal(signal);
	}

	void interestOn(int operations) {
		this.port.registration().interestOn(operations);
	}

	void interestOff(int operations) {
		this.port.registration().interestOff(operations);
	}

}
