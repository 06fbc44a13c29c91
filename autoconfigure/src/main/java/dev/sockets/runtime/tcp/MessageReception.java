package dev.sockets.runtime.tcp;

import dev.sockets.tcp.Hl7Ack;
import dev.sockets.tcp.MessageObserver;

/**
 * All who are to see a message of one connection, in order: Spring Integration, handlers,
 * listeners; observed while they do.
 */
final class MessageReception {

	private final DefaultConnection connection;

	private final ConnectionContext context;

	private final MessageFailures failures;

	private final boolean acknowledges;

	MessageReception(DefaultConnection connection, ConnectionContext context, MessageFailures failures) {
		this.connection = connection;
		this.context = context;
		this.failures = failures;
		this.acknowledges = context.settings().acknowledge() != null || context.settings().hl7Ack() != Hl7Ack.NONE;
	}

	/**
	 * A message is handled; never throws. Called by one thread at a time.
	 * @param payload the message
	 * @param bytes how many bytes count for it; told where there is an inbox
	 */
	void handle(Object payload, long bytes) {
		Throwable failure = null;
		if (this.acknowledges) {
			begin(payload);
		}
		MessageObserver.Observed observed = this.context.dispatch().observer().receiving(this.connection, payload);
		try {
			boolean integrated = this.context.integration().received(this.connection, payload);
			boolean handled = this.context.dispatch().handlers().handle(this.connection, payload);
			this.context.events().received(this.connection, payload, bytes, integrated || handled);
		}
		catch (Throwable ex) {
			failure = ex;
			this.failures.handlerFailed(ex, payload, bytes);
		}
		finally {
			observed.ended(failure);
			if (this.acknowledges) {
				returned(failure != null);
			}
			Thread.interrupted();
		}
	}

	private void begin(Object payload) {
		Acknowledgements.begin(this.connection);
		Hl7Acknowledgements hl7 = this.connection.protocol().hl7();
		if (hl7 != null) {
			hl7.begin(payload);
		}
	}

	private void returned(boolean failed) {
		try {
			Hl7Acknowledgements hl7 = this.connection.protocol().hl7();
			if (hl7 != null) {
				hl7.returned(failed);
			}
		}
		catch (Throwable ex) {
			this.failures.handlerFailed(ex);
		}
		finally {
			Acknowledgements.returned(this.connection, failed);
		}
	}

}
