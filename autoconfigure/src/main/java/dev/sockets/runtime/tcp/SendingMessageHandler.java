package dev.sockets.runtime.tcp;

import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.integration.ip.IpHeaders;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHandler;
import org.springframework.messaging.MessageHandlingException;

import dev.sockets.SocketOperationException;
import dev.sockets.tcp.Connection;

/**
 * Sends messages of Spring Integration over the connections of an endpoint.
 */
public final class SendingMessageHandler implements MessageHandler {

	private final Object endpoint;

	private final Function<@Nullable String, Optional<Connection>> connections;

	/**
	 * Creates a handler.
	 * @param endpoint the endpoint, for messages
	 * @param connections finds a connection by its id, or the one for messages without
	 */
	public SendingMessageHandler(Object endpoint, Function<@Nullable String, Optional<Connection>> connections) {
		this.endpoint = endpoint;
		this.connections = connections;
	}

	@Override
	public void handleMessage(Message<?> message) {
		String id = message.getHeaders().get(IpHeaders.CONNECTION_ID, String.class);
		Connection connection = this.connections.apply(id)
			.orElseThrow(() -> new MessageHandlingException(message, explain(id)));
		try {
			connection.send(message.getPayload());
		}
		catch (SocketOperationException ex) {
			throw new MessageHandlingException(message, "A message was not sent by " + this.endpoint, ex);
		}
	}

	private String explain(@Nullable String id) {
		return (id != null)
				? this.endpoint + " has no open connection '" + id + "', which the header '" + IpHeaders.CONNECTION_ID
						+ "' names"
				: this.endpoint + " does not know where to send a message: it has no header '" + IpHeaders.CONNECTION_ID
						+ "', or there is no connection";
	}

	@Override
	public String toString() {
		return "Sender of " + this.endpoint;
	}

}
