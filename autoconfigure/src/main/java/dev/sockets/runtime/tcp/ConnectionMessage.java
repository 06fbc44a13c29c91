package dev.sockets.runtime.tcp;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.integration.ip.IpHeaders;
import org.springframework.integration.ip.tcp.connection.TcpConnection;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;

/**
 * A message whose headers are made when somebody asks for them.
 */
final class ConnectionMessage implements Message<Object> {

	private final Object payload;

	private final TcpConnection connection;

	private final @Nullable Map<String, Object> more;

	private volatile @Nullable MessageHeaders headers;

	ConnectionMessage(Object payload, TcpConnection connection, @Nullable Map<String, Object> more) {
		this.payload = payload;
		this.connection = connection;
		this.more = more;
	}

	@Override
	public Object getPayload() {
		return this.payload;
	}

	@Override
	public MessageHeaders getHeaders() {
		MessageHeaders headers = this.headers;
		if (headers == null) {
			headers = makeHeaders();
			this.headers = headers;
		}
		return headers;
	}

	private MessageHeaders makeHeaders() {
		Map<String, Object> headers = new HashMap<>();
		if (this.more != null) {
			headers.putAll(this.more);
		}
		headers.put(IpHeaders.HOSTNAME, this.connection.getHostName());
		headers.put(IpHeaders.IP_ADDRESS, this.connection.getHostAddress());
		headers.put(IpHeaders.REMOTE_PORT, this.connection.getPort());
		headers.put(IpHeaders.CONNECTION_ID, this.connection.getConnectionId());
		return new MessageHeaders(headers);
	}

	@Override
	public String toString() {
		return "Message from " + this.connection.getConnectionId();
	}

}
