package dev.sockets.runtime.tcp.server;

import java.net.SocketAddress;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;
import org.springframework.integration.ip.tcp.connection.AbstractServerConnectionFactory;
import org.springframework.integration.ip.tcp.connection.TcpConnectionServerListeningEvent;

import dev.sockets.runtime.tcp.DefaultConnection;
import dev.sockets.runtime.tcp.IntegrationConnection;
import dev.sockets.tcp.Connection;

/**
 * A server as Spring Integration sees it. The server has the life; this follows it.
 */
final class ServerConnectionFactory extends AbstractServerConnectionFactory {

	private final DefaultTcpServer server;

	private final ApplicationContext context;

	ServerConnectionFactory(DefaultTcpServer server, int port, ApplicationContext context) {
		super(port);
		this.server = server;
		this.context = context;
		setComponentName(server.getName());
	}

	IntegrationConnection view(DefaultConnection connection) {
		IntegrationConnection view = new IntegrationConnection(connection, true, this.context);
		initializeConnection(view, connection.channel().socket());
		return view;
	}

	void started() {
		setActive(true);
		setListening(true);
		if (getListener() != null || getSender() != null) {
			this.context.publishEvent(new TcpConnectionServerListeningEvent(this, getPort()));
		}
	}

	void stopped() {
		setListening(false);
		setActive(false);
	}

	@Override
	public void start() {
		this.server.start();
	}

	@Override
	public void stop() {
		this.server.stop();
	}

	@Override
	public int getPort() {
		return this.server.isRunning() ? this.server.getLocalAddress().getPort() : super.getPort();
	}

	@Override
	public @Nullable SocketAddress getServerSocketAddress() {
		return this.server.isRunning() ? this.server.getLocalAddress() : null;
	}

	@Override
	public List<String> getOpenConnectionIds() {
		return this.server.getConnections().stream().map(Connection::getId).toList();
	}

	@Override
	public boolean closeConnection(String connectionId) {
		return this.server.findConnection(connectionId).map((connection) -> {
			connection.close();
			return true;
		}).orElse(false);
	}

	@Override
	public void run() {
		throw new UnsupportedOperationException("The event loops run this factory");
	}

}
