package dev.sockets.runtime.tcp;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketOperationException;
import dev.sockets.loop.stream.SendCallback;
import dev.sockets.runtime.EndpointEvents;
import dev.sockets.tcp.MessageObserver;

/**
 * Tells those who observe how the sending of a message has ended. For them it keeps the
 * payload, beside the frame that waits.
 *
 * @param connection where it is sent
 * @param payload the message
 * @param observation ends with the send
 */
record ObservedSend(DefaultConnection connection, Object payload,
		MessageObserver.Observed observation) implements SendCallback {

	/**
	 * Begins to send a message. What is sent before the application knows of the
	 * connection is told to nobody: it may be a password.
	 * @param connection where it is sent
	 * @param payload the message
	 * @param observed whether anybody wants to know how that ends
	 * @return what is to be told; it counts failures in any case
	 */
	static SendCallback begin(DefaultConnection connection, Object payload, boolean observed) {
		if (!observed || connection.reader().hold() != null) {
			return connection.context().registry().counts().sends();
		}
		MessageObserver observer = connection.context().dispatch().observer();
		return new ObservedSend(connection, payload, observer.sending(connection, payload));
	}

	@Override
	public void ended(@Nullable Throwable failure) {
		ConnectionContext context = this.connection.context();
		context.registry().counts().sends().ended(failure);
		try {
			this.observation.ended(failure);
		}
		finally {
			publish(context.events(), failure);
		}
	}

	private void publish(EndpointEvents events, @Nullable Throwable failure) {
		if (failure == null) {
			events.sent(this.connection, this.payload);
		}
		else if (failure instanceof SocketOperationException exception) {
			events.sendFailed(this.connection, this.payload, exception);
		}
	}

}
