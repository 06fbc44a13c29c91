package dev.sockets.runtime.tcp;

import java.util.Arrays;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.sockets.Correlation;
import dev.sockets.FailureText;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.framing.FrameOutput;
import dev.sockets.framing.FrameWindow;
import dev.sockets.runtime.FailedMessage;
import dev.sockets.tcp.ConnectionSettings;

/**
 * Finds the keys by which answers belong to requests, of one connection.
 */
final class AnswerKeys {

	private final DefaultConnection connection;

	private final @Nullable Correlation correlation;

	AnswerKeys(DefaultConnection connection) {
		this.connection = connection;
		this.correlation = connection.context().settings().requests().matching().correlation();
	}

	/**
	 * Returns the key of a request.
	 * @param payload the request
	 * @param frame the same, encoded
	 * @return the key; {@code null} for none
	 * @throws SocketOperationException when the correlation fails
	 */
	@Nullable Object ofRequest(Object payload, FrameOutput frame) {
		Correlation correlation = this.correlation;
		if (correlation == null) {
			return null;
		}
		try {
			Object subject = correlation.readsFrames() ? content(frame) : payload;
			return Optional.empty().equals(subject) ? null : usable(correlation.keyOfRequest(subject));
		}
		catch (Throwable ex) {
			throw failure("request", ex);
		}
	}

	/**
	 * Returns the key of a message. When the correlation fails that is told, and the
	 * message has none. Called by the reading thread.
	 * @param payload what was received; {@code null} when it could not be decoded
	 * @return the key; {@code null} for none
	 */
	@Nullable Object ofAnswer(@Nullable Object payload) {
		Correlation correlation = this.correlation;
		if (correlation == null) {
			return null;
		}
		try {
			Object subject = correlation.readsFrames() ? content(FrameReader.frame()) : payload;
			return (subject == null || Optional.empty().equals(subject)) ? null
					: usable(correlation.keyOfAnswer(subject));
		}
		catch (Throwable ex) {
			tell(failure("message", ex), payload);
			return null;
		}
	}

	/** Returns whether there are none, as answers come in the order of requests. */
	boolean areUnused() {
		return this.correlation == null;
	}

	/**
	 * Returns whether it is known to which request a message belongs that cannot be read.
	 * @param fault stands in its place
	 */
	boolean areReadableIn(MessageFault fault) {
		Correlation correlation = this.correlation;
		return correlation == null
				|| (correlation.readsFrames() && fault.cause().getCode() == SocketErrorCode.CODEC_FAILED);
	}

	/** A key that cannot be compared would fail where all requests are looked through. */
	private static @Nullable Object usable(@Nullable Object key) {
		if (key != null && (key.hashCode() != key.hashCode() || !key.equals(key))) {
			throw new IllegalStateException("a key that is not equal to itself");
		}
		return key;
	}

	private void tell(SocketOperationException failure, @Nullable Object payload) {
		ConnectionContext context = this.connection.context();
		context.registry().counts().failed(failure.getCode());
		context.events()
			.messageFailed(this.connection, failure, (payload != null)
					? FailedMessage.of(payload, 0, this.connection.settings().codec()) : FailedMessage.UNKNOWN);
	}

	/** What the peer will find in the frame, and this side in its answer. */
	private byte[] content(FrameOutput frame) {
		ConnectionSettings settings = this.connection.settings();
		FrameWindow window = new FrameWindow();
		window.reset(frame.array(), 0, frame.size(), 0, settings.longestMessage());
		return settings.framing().next(window) ? content(window) : new byte[0];
	}

	private static byte[] content(FrameWindow frame) {
		return Arrays.copyOfRange(frame.frameArray(), frame.frameStart(), frame.frameStart() + frame.frameLength());
	}

	private SocketOperationException failure(String subject, Throwable cause) {
		return new SocketOperationException(SocketErrorCode.CODEC_FAILED, "The correlation of '"
				+ this.connection.getEndpoint() + "' finds no key in a " + subject + ": " + FailureText.of(cause),
				cause);
	}

}
