package dev.sockets.runtime.tcp;

import javax.net.ssl.SSLSession;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.integration.ip.tcp.connection.SocketInfo;
import org.springframework.integration.ip.tcp.connection.TcpConnectionSupport;
import org.springframework.integration.ip.tcp.connection.TcpMessageMapper;
import org.springframework.messaging.Message;

/**
 * A connection as Spring Integration sees it.
 */
public final class IntegrationConnection extends TcpConnectionSupport {

	private final DefaultConnection connection;

	private final boolean server;

	private final ThreadLocal<Object> payload = new ThreadLocal<>();

	public IntegrationConnection(DefaultConnection connection, boolean server, ApplicationEventPublisher publisher) {
		super(publisher);
		this.connection = connection;
		this.server = server;
	}

	void opened() {
		publishConnectionOpenEvent();
	}

	void closed() {
		super.close();
	}

	Message<?> message(Object payload) {
		this.payload.set(payload);
		try {
			Message<?> message = getMapper().toMessage(this);
			if (message == null) {
				throw new IllegalStateException("The message mapper has made no message");
			}
			return message;
		}
		finally {
			this.payload.remove();
		}
	}

	@Override
	public void close() {
		this.connection.close();
	}

	@Override
	public boolean isOpen() {
		return this.connection.isOpen();
	}

	@Override
	public void send(Message<?> message) {
		TcpMessageMapper mapper = getMapper();
		Object payload = mapper.fromMessage(message);
		if (payload != null) {
			this.connection.send(payload);
		}
	}

	@Override
	public @Nullable Object getPayload() {
		return this.payload.get();
	}

	@Override
	public boolean isServer() {
		return this.server;
	}

	@Override
	public String getHostName() {
		return this.connection.getRemoteAddress().getHostString();
	}

	@Override
	public String getHostAddress() {
		return this.connection.getRemoteAddress().getAddress().getHostAddress();
	}

	@Override
	public int getPort() {
		return this.connection.getRemoteAddress().getPort();
	}

	@Override
	public String getConnectionId() {
		return this.connection.getId();
	}

	@Override
	public String getConnectionFactoryName() {
		return this.connection.getEndpoint();
	}

	@Override
	public @Nullable SocketInfo getSocketInfo() {
		return new SocketInfo(this.connection.channel().socket());
	}

	@Override
	public Object getDeserializerStateKey() {
		return this.connection;
	}

	@Override
	public @Nullable SSLSession getSslSession() {
		return this.connection.tlsSession();
	}

	@Override
	public void run() {
		throw new UnsupportedOperationException("The event loop reads this connection");
	}

}
