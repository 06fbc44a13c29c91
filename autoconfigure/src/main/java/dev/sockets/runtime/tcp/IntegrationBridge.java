package dev.sockets.runtime.tcp;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;
import org.springframework.integration.ip.tcp.connection.AbstractConnectionFactory;
import org.springframework.integration.ip.tcp.connection.TcpListener;

/**
 * Tells Spring Integration's adapters, gateways and flows what happens on an endpoint's
 * connections. A connection is shown to them from the moment when one of them is there;
 * until then this costs nothing.
 */
public final class IntegrationBridge {

	private @Nullable AbstractConnectionFactory factory;

	private @Nullable Function<DefaultConnection, IntegrationConnection> viewer;

	/**
	 * Ties this to the endpoint's connection factory.
	 * @param factory the factory
	 * @param viewer makes a connection of that factory
	 * @param context the application
	 */
	public void attach(AbstractConnectionFactory factory, Function<DefaultConnection, IntegrationConnection> viewer,
			ApplicationContext context) {
		this.factory = factory;
		this.viewer = viewer;
		factory.setMapper(new ConnectionMessageMapper());
		factory.setBeanFactory(context);
		factory.setApplicationContext(context);
		factory.setApplicationEventPublisher(context);
		factory.afterPropertiesSet();
	}

	void opened(DefaultConnection connection) {
		AbstractConnectionFactory factory = this.factory;
		if (factory != null && (factory.getListener() != null || factory.getSender() != null)) {
			view(connection);
		}
	}

	/** Returns whether there is somebody who was told. */
	boolean received(DefaultConnection connection, Object payload) {
		IntegrationConnection view = connection.view();
		TcpListener listener = (view != null) ? view.getListener() : null;
		if (view == null || listener == null) {
			return false;
		}
		listener.onMessage(view.message(payload));
		return true;
	}

	void closed(DefaultConnection connection) {
		IntegrationConnection view = connection.view();
		if (view != null) {
			view.closed();
		}
	}

	/**
	 * Returns a connection as Spring Integration sees it.
	 * @param connection the connection
	 * @return always the same view of it
	 */
	public synchronized IntegrationConnection view(DefaultConnection connection) {
		IntegrationConnection view = connection.view();
		Function<DefaultConnection, IntegrationConnection> viewer = this.viewer;
		if (view == null && viewer != null) {
			view = viewer.apply(connection);
			connection.view(view);
			view.opened();
		}
		if (view == null) {
			throw new IllegalStateException("No connection factory is attached");
		}
		return view;
	}

}
