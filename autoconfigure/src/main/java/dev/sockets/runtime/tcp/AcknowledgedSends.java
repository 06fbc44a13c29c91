package dev.sockets.runtime.tcp;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.DisconnectReason;
import dev.sockets.loop.stream.StreamChannel;
import dev.sockets.tcp.AcknowledgeSettings;

/**
 * The messages of one connection that its peer has to acknowledge: one is under way, and
 * is repeated when that is asked for or takes too long; the others wait. Open to all
 * threads.
 *
 * <p>
 * On a stream each copy has one answer, so after a message of which several were sent the
 * next one waits for the answers to all, or for as long again as an answer may take: else
 * one that is late would be taken for its own.
 */
final class AcknowledgedSends {

	private final DefaultConnection connection;

	private final AcknowledgeSettings settings;

	private final SendQueue queue;

	private final long timeout;

	private @Nullable QueuedSend current;

	/** Copies whose answers have not come. */
	private int unanswered;

	/** When answers of copies of an earlier message are not waited for any longer. */
	private long quietUntil;

	/** How many messages of the peer are to be acknowledged first. */
	private int owed;

	private @Nullable SocketOperationException end;

	private @Nullable Runnable drained;

	AcknowledgedSends(DefaultConnection connection, SendQueue queue, AcknowledgeSettings settings) {
		this.connection = connection;
		this.queue = queue;
		this.settings = settings;
		this.timeout = Deadlines.nanos(settings.timeout());
	}

	private StreamChannel channel() {
		return this.connection.channel();
	}

	/** Sends the next message if its turn has come. */
	void sendNext() {
		if (isEnded()) {
			sendUnanswered();
			return;
		}
		QueuedSend next;
		Runnable drained = null;
		synchronized (this) {
			next = next();
			if (this.current == null && this.queue.isEmpty()) {
				drained = this.drained;
				this.drained = null;
			}
		}
		if (next != null) {
			write(next);
		}
		if (drained != null) {
			drained.run();
		}
	}

	private @Nullable QueuedSend next() {
		if (this.current != null || this.unanswered > 0 || this.owed > 0) {
			return null;
		}
		QueuedSend next = this.queue.poll();
		if (next != null) {
			this.current = next;
			sending(next);
		}
		return next;
	}

	private void sending(QueuedSend message) {
		message.sending();
		this.unanswered++;
	}

	private void write(QueuedSend message) {
		this.queue.write(message, (failure) -> written(message, failure));
	}

	private void written(QueuedSend message, @Nullable Throwable failure) {
		synchronized (this) {
			if (this.current != message) {
				return;
			}
			if (failure == null) {
				message.written(channel().nanos() + this.timeout);
				return;
			}
			this.current = null;
		}
		this.queue.end(message, failure);
	}

	/** The peer has received a message. Called by the reading thread. */
	void acknowledged() {
		QueuedSend message;
		synchronized (this) {
			answered();
			message = this.current;
			if (message != null) {
				takeCurrent();
			}
		}
		if (message != null) {
			this.queue.end(message, null);
		}
		sendNext();
	}

	private void answered() {
		this.unanswered = Math.max(0, this.unanswered - 1);
	}

	private void takeCurrent() {
		this.current = null;
		this.quietUntil = channel().nanos() + this.timeout;
	}

	/** The peer wants a message once more. Called by the reading thread. */
	void refused() {
		QueuedSend message;
		boolean failed;
		synchronized (this) {
			answered();
			message = (this.unanswered == 0) ? this.current : null;
			failed = message != null && message.copies() > this.settings.retries();
			if (message != null && failed) {
				takeCurrent();
			}
			else if (message != null) {
				sending(message);
			}
		}
		if (message != null && failed) {
			this.queue.end(message, failure("The peer has refused a message " + message.copies() + " times", null));
		}
		else if (message != null) {
			write(message);
		}
		sendNext();
	}

	/**
	 * Some time has passed.
	 * @param now the time, as {@code StreamChannel.nanos()}
	 */
	void tick(long now) {
		long caughtUp = Math.min(this.timeout, PendingRequests.CATCH_UP);
		if (channel().activity().readFor(now) < caughtUp) {
			return;
		}
		QueuedSend late;
		boolean failed;
		synchronized (this) {
			late = (this.current != null && this.current.isLate(now)) ? this.current : null;
			failed = late != null && late.copies() > this.settings.retries();
			if (late != null && !failed) {
				sending(late);
			}
			if (this.current == null && now - this.quietUntil >= 0) {
				this.unanswered = 0;
			}
		}
		if (late != null && failed) {
			this.connection.close(DisconnectReason.NOT_ACKNOWLEDGED,
					failure("The peer has not acknowledged a message that was sent " + late.copies() + " times", null));
		}
		else if (late != null) {
			write(late);
		}
		sendNext();
	}

	/** A message of the peer is to be acknowledged before anything else is sent. */
	synchronized void owe() {
		this.owed++;
	}

	/** A message of the peer is acknowledged, or asked for once more. */
	void paid() {
		synchronized (this) {
			this.owed--;
		}
		sendNext();
	}

	/**
	 * Does something when nothing waits.
	 * @param action what to do, on any thread
	 */
	void whenDrained(Runnable action) {
		synchronized (this) {
			this.drained = action;
		}
		sendNext();
	}

	/**
	 * No more acknowledgements are read: what waits leaves without them, as far as the
	 * connection still sends.
	 * @param cause why
	 */
	void ended(SocketOperationException cause) {
		QueuedSend message;
		synchronized (this) {
			if (this.end == null) {
				this.end = cause;
			}
			message = this.current;
			if (message != null) {
				takeCurrent();
			}
		}
		if (message != null) {
			this.queue.end(message, failure("A message was sent but not acknowledged", cause));
		}
		sendUnanswered();
	}

	private synchronized boolean isEnded() {
		return this.end != null;
	}

	private void sendUnanswered() {
		List<QueuedSend> all = List.of();
		Runnable drained;
		synchronized (this) {
			if (this.owed <= 0 || !channel().isOpen()) {
				all = this.queue.pollAll();
			}
			drained = this.drained;
			this.drained = null;
		}
		all.forEach(this::sendUnanswered);
		if (drained != null) {
			drained.run();
		}
	}

	private void sendUnanswered(QueuedSend message) {
		if (channel().isOpen()) {
			this.queue.write(message, (failure) -> this.queue.end(message,
					(failure != null) ? failure : failure("A message was sent but cannot be acknowledged", null)));
		}
		else {
			this.queue.end(message, this.connection.sendFailure());
		}
	}

	private SocketOperationException failure(String problem, @Nullable Throwable cause) {
		return new SocketOperationException(SocketErrorCode.NOT_ACKNOWLEDGED, problem + " on " + this.connection,
				cause);
	}

}
