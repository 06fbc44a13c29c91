package dev.sockets.runtime.tcp;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.integration.ip.tcp.connection.TcpConnection;
import org.springframework.integration.ip.tcp.connection.TcpMessageMapper;
import org.springframework.messaging.Message;

/**
 * Makes light messages, and leaves the encoding of what is sent to the endpoint's codec.
 */
final class ConnectionMessageMapper extends TcpMessageMapper {

	@Override
	public @Nullable Message<?> toMessage(TcpConnection connection, @Nullable Map<String, Object> headers) {
		Object payload = connection.getPayload();
		return (payload != null) ? new ConnectionMessage(payload, connection, headers) : null;
	}

	@Override
	public Object fromMessage(Message<?> message) {
		return message.getPayload();
	}

}
