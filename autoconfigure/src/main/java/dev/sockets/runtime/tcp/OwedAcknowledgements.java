package dev.sockets.runtime.tcp;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

import dev.sockets.loop.stream.PauseReason;
import dev.sockets.loop.stream.StreamChannel;
import dev.sockets.runtime.ReplyLine;
import dev.sockets.tcp.AcknowledgeAfter;
import dev.sockets.tcp.AcknowledgeSettings;

/**
 * Acknowledges what the peer of one connection has sent, in that order: at once, or when
 * it is handled. Reading pauses while more than {@value #MOST_WAITING} messages wait for
 * that.
 */
final class OwedAcknowledgements {

	private static final int MOST_WAITING = 1024;

	private static final int FEW_WAITING = 256;

	private final StreamChannel channel;

	private final AcknowledgeSettings settings;

	private final AcknowledgedSends sends;

	private final ReplyLine line = new ReplyLine();

	/** Received and not handled yet. */
	private final Deque<OwedAcknowledgement> unhandled = new ArrayDeque<>();

	/** Is being handled. */
	private @Nullable OwedAcknowledgement current;

	OwedAcknowledgements(StreamChannel channel, AcknowledgeSettings settings, AcknowledgedSends sends) {
		this.channel = channel;
		this.settings = settings;
		this.sends = sends;
	}

	private boolean isAtOnce() {
		return this.settings.after() == AcknowledgeAfter.RECEIVED;
	}

	/**
	 * A message was received. Called by the reading thread.
	 * @param readable whether it could be told what it is
	 */
	void received(boolean readable) {
		if (isAtOnce()) {
			write(readable);
			return;
		}
		this.sends.owe();
		OwedAcknowledgement message = new OwedAcknowledgement(this.line.add());
		synchronized (this) {
			this.unhandled.add(message);
		}
		if (this.line.size() > MOST_WAITING) {
			this.channel.pause(PauseReason.ACKNOWLEDGEMENTS);
			readOn();
		}
	}

	/**
	 * What was received last has been taken by who waited for it, so it will not be
	 * handled. Called by the reading thread.
	 * @param failed whether it could not be read
	 */
	void taken(boolean failed) {
		OwedAcknowledgement message;
		synchronized (this) {
			message = this.unhandled.pollLast();
		}
		if (message != null) {
			message.begin();
			end(message, failed);
		}
	}

	/** The next message is about to be handled. Called by the thread that does. */
	synchronized void begin() {
		OwedAcknowledgement message = this.unhandled.poll();
		this.current = message;
		if (message != null) {
			message.begin();
		}
	}

	/**
	 * Something that the handler of a message has begun will end later. Called by the
	 * handler's thread.
	 * @return the message, to be {@linkplain #end ended} then; {@code null} when it needs
	 * no end
	 */
	synchronized @Nullable OwedAcknowledgement later() {
		OwedAcknowledgement message = this.current;
		if (message != null) {
			message.begin();
		}
		return message;
	}

	/**
	 * The handlers of a message have returned.
	 * @param failed whether one has thrown
	 */
	void returned(boolean failed) {
		OwedAcknowledgement message;
		synchronized (this) {
			message = this.current;
			this.current = null;
		}
		if (message != null) {
			end(message, failed);
		}
	}

	/**
	 * Something has ended that was handling a message.
	 * @param message the message
	 * @param failed whether it has failed
	 */
	void end(OwedAcknowledgement message, boolean failed) {
		if (message.end(failed)) {
			this.line.fill(message.place(), () -> {
				try {
					write(!message.hasFailed());
				}
				finally {
					this.sends.paid();
				}
			});
			readOn();
		}
	}

	/** Leaves with the replies that are collected, if any are. */
	private void write(boolean positive) {
		byte[] bytes = positive ? this.settings.ack() : this.settings.nak();
		if (bytes != null && !this.channel.append(bytes, bytes.length)) {
			this.channel.send(ByteBuffer.wrap(bytes), null);
		}
	}

	private void readOn() {
		if (this.line.size() <= FEW_WAITING) {
			this.channel.resume(PauseReason.ACKNOWLEDGEMENTS);
		}
	}

}
