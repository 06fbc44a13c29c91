package dev.sockets.runtime.tcp.client;

import java.util.List;

import org.springframework.context.ApplicationContext;
import org.springframework.integration.ip.tcp.connection.AbstractClientConnectionFactory;
import org.springframework.integration.ip.tcp.connection.TcpConnectionSupport;

import dev.sockets.runtime.tcp.DefaultConnection;
import dev.sockets.runtime.tcp.IntegrationBridge;
import dev.sockets.runtime.tcp.IntegrationConnection;

/**
 * A client as Spring Integration sees it. The client has the life; this follows it.
 */
final class ClientConnectionFactory extends AbstractClientConnectionFactory {

	private final DefaultTcpClient client;

	private final IntegrationBridge integration;

	private final ApplicationContext context;

	ClientConnectionFactory(DefaultTcpClient client, String host, int port, IntegrationBridge integration,
			ApplicationContext context) {
		super(host, port);
		this.client = client;
		this.integration = integration;
		this.context = context;
		setComponentName(client.getName());
	}

	IntegrationConnection view(DefaultConnection connection) {
		IntegrationConnection view = new IntegrationConnection(connection, false, this.context);
		initializeConnection(view, connection.channel().socket());
		return view;
	}

	void running(boolean running) {
		setActive(running);
	}

	@Override
	public void start() {
		this.client.start();
	}

	@Override
	public void stop() {
		this.client.stop();
	}

	@Override
	protected TcpConnectionSupport obtainConnection() {
		return this.integration.view(this.client.obtainConnection());
	}

	@Override
	public List<String> getOpenConnectionIds() {
		return this.client.getConnection().map((connection) -> List.of(connection.getId())).orElse(List.of());
	}

	@Override
	public boolean closeConnection(String connectionId) {
		return this.client.getConnection()
			.filter((connection) -> connection.getId().equals(connectionId))
			.map((connection) -> {
				connection.close();
				return true;
			})
			.orElse(false);
	}

}
