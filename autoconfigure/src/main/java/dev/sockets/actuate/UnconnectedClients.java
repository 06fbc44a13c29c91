package dev.sockets.actuate;

import java.util.Locale;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

import dev.sockets.EndpointKind;
import dev.sockets.EndpointState;
import dev.sockets.EndpointStatus;
import dev.sockets.SocketEndpoint;
import dev.sockets.registry.SocketEndpoints;
import dev.sockets.registry.WatchedEndpoint;

/**
 * Tells in the log, once the application is ready, which of its clients have no
 * connection yet, and what that means for its health.
 */
public final class UnconnectedClients implements ApplicationListener<ApplicationReadyEvent> {

	private static final Log logger = LogFactory.getLog("dev.sockets.tcp.TcpClient");

	private final SocketEndpoints endpoints;

	/**
	 * Creates what tells it.
	 * @param endpoints whose clients
	 */
	public UnconnectedClients(SocketEndpoints endpoints) {
		this.endpoints = endpoints;
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		WatchedEndpoint.all(this.endpoints)
			.forEach((endpoint) -> endpoint.status()
				.filter(UnconnectedClients::isUnconnected)
				.ifPresent((status) -> tell(endpoint, status)));
	}

	private static boolean isUnconnected(EndpointStatus status) {
		return status.kind() == EndpointKind.TCP_CLIENT && switch (status.state()) {
			case CONNECTING, DISCONNECTED, OCCUPIED -> true;
			default -> false;
		};
	}

	private static void tell(WatchedEndpoint endpoint, EndpointStatus status) {
		String key = EndpointKind.TCP_CLIENT.path(endpoint.name()) + ".health.required";
		String problem = "TCP client '%s' has no connection yet (%s): ".formatted(endpoint.name(),
				text(status.state()));
		if (endpoint.ask(SocketEndpoint::isHealthRequired).orElse(false)) {
			logger.warn(problem + "the health of the application is down until it has one, as '" + key + "' is true");
		}
		else {
			logger.info(problem + "the health shows it as unknown and does not count it, unless '" + key + "' is true");
		}
	}

	private static String text(EndpointState state) {
		return state.name().toLowerCase(Locale.ROOT);
	}

}
