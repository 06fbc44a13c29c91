package dev.sockets.runtime.tcp;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import dev.sockets.FirstBytes;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.framing.FrameWindow;
import dev.sockets.tcp.Hl7Ack;

/**
 * Answers the messages of HL7 that come over one connection and that nobody else answers.
 * What is no message of HL7, or has no control id to name it by, is rejected, and told as
 * one that cannot be decoded.
 */
final class Hl7Acknowledgements implements PayloadHook {

	private final DefaultConnection connection;

	/** Being handled, by their control ids. */
	private final Map<String, Hl7Message> open = new ConcurrentHashMap<>();

	/** Set and asked by the thread that handles. */
	private volatile @Nullable Hl7Message current;

	private Hl7Acknowledgements(DefaultConnection connection) {
		this.connection = connection;
	}

	/**
	 * Adds them to a new connection.
	 * @param connection the connection
	 * @return {@code null} when the application acknowledges
	 */
	static @Nullable Hl7Acknowledgements addTo(DefaultConnection connection) {
		if (connection.context().settings().hl7Ack() == Hl7Ack.NONE) {
			return null;
		}
		Hl7Acknowledgements acknowledgements = new Hl7Acknowledgements(connection);
		connection.reader().add(acknowledgements);
		return acknowledgements;
	}

	@Override
	public boolean takes(Object payload) {
		Hl7Header header = (payload instanceof String text) ? Hl7Header.parse(text) : null;
		if (header != null && (header.isAnswer() || header.hasControlId())) {
			return false;
		}
		FrameWindow frame = FrameReader.frame();
		String firstBytes = FirstBytes.of(frame.frameArray(), frame.frameStart(), frame.frameLength());
		SocketOperationException cause = new SocketOperationException(SocketErrorCode.CODEC_FAILED,
				"A message that starts with " + firstBytes
						+ ((header != null) ? " has no control id (MSH-10), so that it could not be acknowledged"
								: " is none of HL7, as it does not begin with MSH"));
		this.connection.reader()
			.delivery()
			.message(new MessageFault(cause, firstBytes, false, false, (header != null) ? List.of(header) : List.of()));
		return true;
	}

	@Override
	public void ended(SocketOperationException cause) {
	}

	/**
	 * A message is about to be handled. Called by the thread that does.
	 * @param payload the message
	 */
	void begin(Object payload) {
		Hl7Header header = (payload instanceof String text) ? Hl7Header.parse(text) : null;
		if (header != null) {
			Hl7Message message = new Hl7Message(header);
			this.open.put(header.controlId(), message);
			this.current = message;
		}
	}

	/**
	 * Something that a handler has begun will end later. Called by the handler's thread.
	 * @return the message that it handles
	 */
	@Nullable Hl7Message later() {
		Hl7Message message = this.current;
		if (message != null) {
			message.begin();
		}
		return message;
	}

	/** The handler of a message has returned an answer. Called by its thread. */
	void answered() {
		Hl7Message message = this.current;
		if (message != null) {
			message.answered();
		}
	}

	/**
	 * The handlers of a message have returned.
	 * @param failed whether one has thrown
	 */
	void returned(boolean failed) {
		Hl7Message message = this.current;
		this.current = null;
		if (message != null) {
			String acknowledgement = end(message, failed);
			if (acknowledgement != null) {
				HandlerReplies.sendInOrder(this.connection, acknowledgement);
			}
		}
	}

	/**
	 * What a handler has promised is there, or has failed.
	 * @param message the message that it answers
	 * @param answer the answer; {@code null} when there is none
	 * @param failed whether it has failed
	 * @return what is to be sent in its place; {@code null} for nothing
	 */
	@Nullable Object ended(Hl7Message message, @Nullable Object answer, boolean failed) {
		if (answer != null) {
			message.answered();
		}
		String acknowledgement = end(message, failed);
		return (answer != null) ? answer : acknowledgement;
	}

	private @Nullable String end(Hl7Message message, boolean failed) {
		String acknowledgement = message.end(failed);
		if (message.isDone()) {
			this.open.remove(message.header().controlId(), message);
		}
		return acknowledgement;
	}

	/**
	 * What has come is no message of HL7, or cannot be read.
	 * @param fault stands in its place
	 */
	void unreadable(MessageFault fault) {
		Hl7Header header = UndecodedHl7.header(fault);
		String rejection = header.isAnswer() ? null : header.rejection();
		if (rejection != null) {
			HandlerReplies.sendInOrder(this.connection, rejection);
		}
	}

	/**
	 * Something is about to be sent, by any thread. It may be the answer to a message.
	 * @param payload what is sent
	 */
	void sending(Object payload) {
		String id = (!this.open.isEmpty() && payload instanceof String text) ? Hl7Header.acknowledgedId(text) : null;
		Hl7Message message = (id != null) ? this.open.get(id) : null;
		if (message != null) {
			message.answered();
		}
	}

}
