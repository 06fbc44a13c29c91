package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketOperationException;
import dev.sockets.event.DisconnectReason;
import dev.sockets.framing.FrameHints;
import dev.sockets.framing.FrameWindow;
import dev.sockets.loop.stream.Unread;
import dev.sockets.runtime.DecodedSize;
import dev.sockets.tcp.ConnectionSettings;

/**
 * Cuts what is received over one connection into frames, which the {@link FrameHooks} see
 * first, and decodes them; the payloads are seen by the {@link PayloadHooks} and then go
 * to the {@link ConnectionDelivery}. Used by the reading thread.
 */
public final class FrameReader {

	private static final ThreadLocal<FrameWindow> windows = ThreadLocal.withInitial(FrameWindow::new);

	/* Written by the reading thread only, so an ordered write without a fence will do. */
	private static final AtomicLongFieldUpdater<FrameReader> MESSAGES = AtomicLongFieldUpdater
		.newUpdater(FrameReader.class, "messages");

	private final ConnectionReader reader;

	private final DefaultConnection connection;

	private FrameHooks hooks;

	/**
	 * How far an incomplete frame was looked through; {@code null} when there is none.
	 */
	private @Nullable ScanProgress progress;

	/** How long a peer is silent behind each frame; 0 when that means nothing. */
	private final long gap;

	/** Whether no bytes come after those that are there, or a silence does. */
	private boolean last;

	private int maxFrameSize;

	/** Whether each message is handled before the next one is looked for. */
	private boolean oneByOne;

	/** By which messages were looked for last. */
	private ConnectionSettings settings;

	private boolean broken;

	/** What the peer has begun and will not finish. */
	private @Nullable MessageFault incomplete;

	/** What was skipped before the first message; {@code null} while nothing is. */
	private @Nullable SkippedBytes skipped;

	/** How many frames of the read under way were found. */
	private int found;

	/** Whether messages may have to wait that are handled at once. */
	private final boolean keeps;

	private DecodedSize sizes;

	private long size;

	private volatile long messages;

	FrameReader(ConnectionReader reader, DefaultConnection connection, ConnectionContext context) {
		this.reader = reader;
		this.connection = connection;
		this.hooks = context.frameHooks().forConnection();
		this.maxFrameSize = context.settings().maxFrameSize();
		this.settings = context.settings();
		this.oneByOne = (!this.settings.readAhead() || StartTls.isPossible(context)) && this.settings.rpc() == null;
		Duration gap = context.settings().framing().gap();
		this.gap = (gap != null) ? gap.toNanos() : 0;
		this.keeps = context.events().hasInbox() || this.settings.rpc() != null;
		this.sizes = DecodedSize.of(context.settings().codec());
	}

	/**
	 * Refuses longer payloads from the next read on.
	 * @param maxFrameSize the longest one in bytes
	 */
	void limit(int maxFrameSize) {
		this.maxFrameSize = maxFrameSize;
	}

	/** Returns whether each message is handled before the next one is looked for. */
	boolean areOneByOne() {
		return this.oneByOne;
	}

	/**
	 * TLS has begun, so what comes next begins with a new message. Called while nothing
	 * is read.
	 */
	void restart() {
		this.progress = null;
		this.oneByOne = !this.settings.readAhead() && this.settings.rpc() == null;
	}

	/**
	 * Returns how much memory the message takes that is delivered, if it may have to
	 * wait.
	 * @return the number of bytes, more or less
	 */
	long size() {
		return this.size;
	}

	/**
	 * Returns the frame that the calling thread delivers.
	 * @return marks it
	 */
	static FrameWindow frame() {
		return windows.get();
	}

	/** Returns how many were found; asked by any thread. */
	long messages() {
		return this.messages;
	}

	/** Returns whether what was received last cannot be told apart. */
	public boolean areBroken() {
		return this.broken;
	}

	/**
	 * Returns what is to be told before the end of the connection.
	 * @return the frame that the peer has not finished; {@code null} for none
	 */
	@Nullable MessageFault incomplete() {
		if (this.incomplete == null && !this.broken) {
			this.incomplete = nothingFound();
		}
		return this.incomplete;
	}

	/**
	 * Returns what is wrong with the frame that the peer has not finished.
	 * @return the failure; {@code null} when there is none
	 */
	@Nullable SocketOperationException incompleteFailure() {
		MessageFault incomplete = incomplete();
		return (incomplete != null) ? incomplete.cause() : null;
	}

	/**
	 * Returns what is to be told as no message has come, but for long others bytes.
	 * @param now the time, as {@code StreamChannel.nanos()}
	 * @param nanos how long a peer may take for a message
	 * @return what is wrong; {@code null} for nothing, or it was told before
	 */
	@Nullable MessageFault nothingFound(long now, long nanos) {
		SkippedBytes skipped = this.skipped;
		return (skipped != null && skipped.isEnough(now, nanos, this.maxFrameSize)) ? nothingFound() : null;
	}

	/** Returns whether nothing has to be told after a while, if nothing comes. */
	boolean isAtRest() {
		return this.hooks.isEmpty() && (this.skipped == null || this.messages > 0);
	}

	private @Nullable MessageFault nothingFound() {
		SkippedBytes skipped = this.skipped;
		return (skipped != null && this.messages == 0) ? skipped.tell(this.settings) : null;
	}

	/** No message was found in what was received, and none before. */
	private void skipped(byte[] bytes, int start, int end) {
		SkippedBytes skipped = this.skipped;
		if (skipped == null) {
			skipped = new SkippedBytes(this.connection.channel().nanos());
			this.skipped = skipped;
			this.connection.channel().timers().stir();
		}
		skipped.add(bytes, start, end);
	}

	/**
	 * The connection ends, most likely within a frame.
	 * @param reason why
	 * @param begun how the frame begins; empty when none has begun
	 * @return what is wrong; {@code null} when none has begun
	 */
	@Nullable SocketOperationException endWithin(DisconnectReason reason, byte[] begun) {
		if (begun.length == 0 || this.broken) {
			return null;
		}
		MessageFault fault = FrameFailures.incomplete(this.settings, reason, begun);
		this.incomplete = fault;
		return fault.cause();
	}

	FrameHooks hooks() {
		return this.hooks;
	}

	/**
	 * Has a hook look at the frames after all others. Called before the first frame.
	 * @param hook the hook
	 */
	void add(FrameHook hook) {
		this.hooks = this.hooks.with(hook);
	}

	/**
	 * Goes on without a hook.
	 * @param hook the hook that has no more use for this connection's frames
	 */
	public void drop(FrameHook hook) {
		this.hooks = this.hooks.without(hook);
	}

	/**
	 * Cuts and decodes what was received, whether the application knows of the connection
	 * or not. A handler that switches the framing does so before reading goes on, so who
	 * sees that it does cuts by the new one.
	 * @param bytes hold what was received
	 * @param start where it begins
	 * @param end where it ends
	 * @return where the first frame begins that is not complete
	 */
	int read(byte[] bytes, int start, int end) {
		if (this.broken) {
			return end;
		}
		ConnectionDelivery delivery = this.reader.delivery();
		ConnectionSettings settings = presentSettings();
		FrameWindow window = windows.get();
		restore(window, bytes, start, end);
		this.found = 0;
		boolean inline = delivery.begin();
		long begun = delivery.begun();
		boolean sized = this.keeps || !inline;
		try {
			while (window.start() < end && this.connection.channel().isReading()) {
				if (settings != this.connection.settings()) {
					settings = presentSettings();
					restore(window, bytes, window.start(), end);
				}
				if (!FrameCutter.next(settings, window, end, this.last)) {
					break;
				}
				this.found++;
				if (window.rejection() != null || !this.hooks.take(this.connection, window)) {
					Object item = sized ? decodeSized(settings, window) : FrameDecoder.decode(settings, window);
					if (!this.reader.payloadHooks().take(item)) {
						deliver(item);
					}
					if (this.oneByOne) {
						delivery.handleFirst();
					}
				}
			}
			if (!delivery.hasCallerLeft()) {
				this.progress = ScanProgress.keep(this.progress, window);
				if (this.found == 0 && window.start() > start && this.messages == 0) {
					skipped(bytes, start, window.start());
				}
				if (this.gap > 0 && window.start() < end) {
					this.connection.channel().timers().awaitSilence(this.gap);
				}
			}
		}
		catch (Throwable ex) {
			this.broken = true;
			BrokenStream.end(this.connection, ex, bytes, window.start(), end);
			return end;
		}
		finally {
			if (delivery.hasCallerLeft()) {
				delivery.returned(inline, begun);
			}
			else {
				MESSAGES.lazySet(this, this.messages + this.found);
				delivery.end();
			}
		}
		return window.start();
	}

	/** Goes on with what was received where looking through it has ended. */
	private void restore(FrameWindow window, byte[] bytes, int start, int end) {
		ScanProgress progress = this.progress;
		window.reset(bytes, start, end, start + ((progress != null) ? progress.scanned() : 0), this.maxFrameSize);
		window.state((progress != null) ? progress.state() : 0);
		window.attach((progress != null) ? progress.attachment() : null);
	}

	/** When the framing was switched, what comes begins with a new message. */
	private ConnectionSettings presentSettings() {
		ConnectionSettings settings = this.connection.settings();
		if (settings != this.settings) {
			this.settings = settings;
			this.progress = null;
			this.sizes = DecodedSize.of(settings.codec());
		}
		return settings;
	}

	private Object decodeSized(ConnectionSettings settings, FrameWindow window) {
		int length = window.frameLength();
		long begun = this.sizes.begin(length);
		Object item = FrameDecoder.decode(settings, window);
		this.size = this.sizes.end(begun, length) + ((item instanceof MessageFault) ? MessageFault.BYTES : 0);
		return item;
	}

	/**
	 * The same when nothing more will come.
	 * @param bytes hold what was received
	 * @param start where it begins
	 * @param end where it ends
	 * @return where what is left begins
	 */
	int readLast(byte[] bytes, int start, int end) {
		this.last = true;
		int next = read(bytes, start, end);
		if (next < end && !this.connection.isClosing()) {
			endWithin(DisconnectReason.TRUNCATED,
					Arrays.copyOfRange(bytes, next, Math.min(end, next + FrameHints.MOST)));
		}
		return next;
	}

	/**
	 * Behind what is read next the peer has been silent.
	 * @param begins whether that is so from now on, or no more
	 */
	void silence(boolean begins) {
		if (begins || !this.reader.delivery().hasCallerLeft()) {
			this.last = begins;
		}
	}

	/**
	 * The calling thread is inside {@link #read}, and leaves reading to another one.
	 * @return what it has not come to
	 */
	Unread leave() {
		this.last = false;
		FrameWindow window = windows.get();
		Unread unread = new Unread(window.array(), window.start(), window.end());
		this.progress = ScanProgress.keep(this.progress, window);
		MESSAGES.lazySet(this, this.messages + this.found);
		this.reader.delivery().leaveRead();
		window.skip(window.end());
		return unread;
	}

	/** Nothing gets through before the peer has shown that it belongs here. */
	private void deliver(Object item) {
		ConnectionHold hold = this.reader.hold();
		if (hold != null) {
			hold.refuse(HandshakeFailures.strange(), 0);
		}
		else {
			this.reader.delivery().message(item);
		}
	}

}
