package dev.sockets.runtime.tcp;

import dev.sockets.FailureText;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.DisconnectReason;
import dev.sockets.runtime.FailedMessage;
import dev.sockets.tcp.HandlerErrorPolicy;

/**
 * What becomes of messages of one connection that could not be read or handled: they are
 * counted and told, and end the connection if that is configured. Called by any thread.
 */
final class MessageFailures {

	private final DefaultConnection connection;

	private final ConnectionContext context;

	MessageFailures(DefaultConnection connection, ConnectionContext context) {
		this.connection = connection;
		this.context = context;
	}

	void unreadable(MessageFault fault) {
		this.context.registry().counts().failed(fault.cause().getCode());
		this.context.events().messageFailed(this.connection, fault.cause(), FailedMessage.ofBytes(fault.firstBytes()));
		if (fault.fatal() || closes()) {
			try {
				rejectNamed(fault);
			}
			finally {
				close(fault);
			}
		}
		else if (!fault.unfinished()) {
			reject(fault);
		}
	}

	private void close(MessageFault fault) {
		this.connection.close(DisconnectReason.FRAME_ERROR, fault.cause());
	}

	/**
	 * A sender of HL7 that is not told would connect again and send the same. What is not
	 * a whole message may be one that is not its own to answer.
	 */
	private void rejectNamed(MessageFault fault) {
		Hl7Acknowledgements hl7 = this.connection.protocol().hl7();
		boolean whole = !fault.fatal() && !fault.unfinished();
		if (hl7 != null && (whole || UndecodedHl7.header(fault) != Hl7Header.UNKNOWN)) {
			answerLast(() -> hl7.unreadable(fault));
		}
	}

	/** The connection ends with that answer, or without it. */
	private void answerLast(Runnable answer) {
		try {
			answer.run();
		}
		catch (Throwable ex) {
			tell(ex, FailedMessage.UNKNOWN);
		}
	}

	/**
	 * No message was found in what was received, though one may yet come.
	 * @param fault says so
	 */
	void skipped(MessageFault fault) {
		this.context.registry().counts().failed(fault.cause().getCode());
		this.context.events().messageFailed(this.connection, fault.cause(), FailedMessage.ofBytes(fault.firstBytes()));
	}

	/** The peer is told where messages are acknowledged. */
	private void reject(MessageFault fault) {
		Hl7Acknowledgements hl7 = this.connection.protocol().hl7();
		if (hl7 != null) {
			hl7.unreadable(fault);
		}
		Acknowledgements.begin(this.connection);
		Acknowledgements.returned(this.connection, true);
	}

	/**
	 * Something of the application has failed that is no handler of a message, or of one
	 * that is not known any more.
	 * @param failure what it threw
	 */
	void handlerFailed(Throwable failure) {
		tell(failure, FailedMessage.UNKNOWN);
		if (closes()) {
			this.connection.close(DisconnectReason.HANDLER_ERROR, failure);
		}
	}

	/**
	 * A handler of a message has failed. Called by its thread.
	 * @param failure what it threw
	 * @param payload the message
	 * @param bytes how many bytes it was; told where there is an inbox
	 */
	void handlerFailed(Throwable failure, Object payload, long bytes) {
		tell(failure, FailedMessage.of(payload, bytes, this.connection.settings().codec()));
		if (closes()) {
			try {
				rejectCurrent();
			}
			finally {
				this.connection.close(DisconnectReason.HANDLER_ERROR, failure);
			}
		}
	}

	/** As {@link #rejectNamed}. */
	private void rejectCurrent() {
		Hl7Acknowledgements hl7 = this.connection.protocol().hl7();
		if (hl7 != null) {
			answerLast(() -> hl7.returned(true));
		}
	}

	private void tell(Throwable failure, FailedMessage message) {
		SocketOperationException cause = new SocketOperationException(SocketErrorCode.HANDLER_FAILED,
				"A handler of '" + this.connection.getEndpoint() + "' failed: " + FailureText.of(failure), failure);
		this.context.registry().counts().failed(SocketErrorCode.HANDLER_FAILED);
		this.context.events().messageFailed(this.connection, cause, message);
	}

	private boolean closes() {
		return this.context.settings().onHandlerError() == HandlerErrorPolicy.CLOSE;
	}

}
