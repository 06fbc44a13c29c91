package dev.sockets.runtime.tcp;

import dev.sockets.tcp.MessageObserver;
import dev.sockets.tcp.TcpServer;

/**
 * All who are to see a message of one connection, in order: Spring Integration, handlers,
 * listeners; observed while they do.
 */
final class MessageReception {

	private MessageReception() {
	}

	/**
	 * A message is handled; never throws. Called by one thread at a time.
	 * @param connection whose peer has sent it
	 * @param payload the message
	 * @param bytes how many bytes count for it; told where there is an inbox
	 */
	static void handle(DefaultConnection connection, Object payload, long bytes) {
		Throwable failure = null;
		ConnectionContext context = connection.context();
		boolean acknowledges = connection.protocol().acknowledges();
		if (acknowledges) {
			begin(connection, payload);
		}
		MessageObserver.Observed observed = observe(context, connection, payload);
		try {
			boolean integrated = context.integration().received(connection, payload);
			boolean handled = context.dispatch().handlers().handle(connection, payload);
			context.events().received(connection, payload, bytes, integrated || handled);
		}
		catch (Throwable ex) {
			failure = ex;
			connection.reader().failures().handlerFailed(ex, payload, bytes);
		}
		finally {
			observed.ended(failure);
			if (acknowledges) {
				returned(connection, failure != null);
			}
			Thread.interrupted();
		}
	}

	private static MessageObserver.Observed observe(ConnectionContext context, DefaultConnection connection,
			Object payload) {
		MessageObserver observer = context.dispatch().observer();
		boolean serves = observer != MessageObserver.NONE && context.events().endpoint() instanceof TcpServer;
		return serves ? observer.serving(connection, payload) : observer.receiving(connection, payload);
	}

	private static void begin(DefaultConnection connection, Object payload) {
		Acknowledgements.begin(connection);
		Hl7Acknowledgements hl7 = connection.protocol().hl7();
		if (hl7 != null) {
			hl7.begin(payload);
		}
	}

	private static void returned(DefaultConnection connection, boolean failed) {
		try {
			Hl7Acknowledgements hl7 = connection.protocol().hl7();
			if (hl7 != null) {
				hl7.returned(failed);
			}
		}
		catch (Throwable ex) {
			connection.reader().failures().handlerFailed(ex);
		}
		finally {
			Acknowledgements.returned(connection, failed);
		}
	}

}
