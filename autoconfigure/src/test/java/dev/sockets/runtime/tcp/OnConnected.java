package dev.sockets.runtime.tcp;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import org.springframework.context.ApplicationListener;

import dev.sockets.event.ConnectedEvent;
import dev.sockets.tcp.Connection;

/**
 * Does something with connections that open, before anything is read from them or any
 * deadline of their peers counts.
 *
 * @param action what to do
 */
record OnConnected(Consumer<Connection> action) implements ApplicationListener<ConnectedEvent> {

	static void each(TestEndpoints endpoints, Consumer<Connection> action) {
		endpoints.context().addApplicationListener(new OnConnected(action));
	}

	static void first(TestEndpoints endpoints, Consumer<Connection> action) {
		AtomicBoolean first = new AtomicBoolean(true);
		each(endpoints, (connection) -> {
			if (first.getAndSet(false)) {
				action.accept(connection);
			}
		});
	}

	@Override
	public void onApplicationEvent(ConnectedEvent event) {
		this.action.accept(event.getConnection());
	}

}
