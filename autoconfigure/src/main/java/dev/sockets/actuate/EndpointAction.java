package dev.sockets.actuate;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import dev.sockets.SocketEndpoint;
import dev.sockets.runtime.trace.TracedEndpoint;
import dev.sockets.tcp.AddressRange;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;

/**
 * What an operator can tell an endpoint to do.
 */
enum EndpointAction {

	START {

		@Override
		void apply(SocketEndpoint endpoint) {
			endpoint.start();
		}

	},

	STOP {

		@Override
		void apply(SocketEndpoint endpoint) {
			endpoint.stop();
		}

	},

	PAUSE {

		@Override
		boolean fits(SocketEndpoint endpoint) {
			return endpoint instanceof TcpServer;
		}

		@Override
		void apply(SocketEndpoint endpoint) {
			((TcpServer) endpoint).pause();
		}

	},

	RESUME {

		@Override
		boolean fits(SocketEndpoint endpoint) {
			return endpoint instanceof TcpServer;
		}

		@Override
		void apply(SocketEndpoint endpoint) {
			((TcpServer) endpoint).resume();
		}

	},

	DISCONNECT {

		@Override
		boolean fits(SocketEndpoint endpoint) {
			return endpoint instanceof TcpServer || endpoint instanceof TcpClient;
		}

		@Override
		void apply(SocketEndpoint endpoint) {
			if (endpoint instanceof TcpServer server) {
				server.disconnectAll();
			}
			else if (endpoint instanceof TcpClient client) {
				client.disconnect();
			}
		}

	},

	UNBAN {

		@Override
		boolean fits(SocketEndpoint endpoint) {
			return endpoint instanceof TcpServer;
		}

		@Override
		void apply(SocketEndpoint endpoint, ActionOptions options) {
			String address = options.address();
			InetAddress banned = (address != null) ? AddressRange.address(address) : null;
			if (banned == null) {
				throw SocketsEndpoint.invalid("The address whose ban to lift is missing, or is none");
			}
			if (!((TcpServer) endpoint).liftBan(banned)) {
				throw SocketsEndpoint.invalid("'" + banned.getHostAddress() + "' is not banned");
			}
		}

	},

	TRACE {

		@Override
		boolean fits(SocketEndpoint endpoint) {
			return endpoint instanceof TracedEndpoint;
		}

		@Override
		void apply(SocketEndpoint endpoint, ActionOptions options) {
			int seconds = Objects.requireNonNullElse(options.seconds(), DEFAULT_SECONDS);
			if (seconds < 1 || seconds > MOST_SECONDS) {
				throw SocketsEndpoint
					.invalid("The seconds of a trace are from 1 to " + MOST_SECONDS + ", not " + seconds);
			}
			String connection = options.connection();
			if (connection != null && SocketsEndpoint.connection(endpoint, connection).isEmpty()) {
				throw SocketsEndpoint.invalid("There is no connection '" + connection + "'");
			}
			((TracedEndpoint) endpoint).tracer().start(Duration.ofSeconds(seconds), connection);
		}

	},

	STOP_TRACE {

		@Override
		boolean fits(SocketEndpoint endpoint) {
			return endpoint instanceof TracedEndpoint;
		}

		@Override
		void apply(SocketEndpoint endpoint) {
			((TracedEndpoint) endpoint).tracer().stop();
		}

	};

	private static final int DEFAULT_SECONDS = 60;

	private static final int MOST_SECONDS = 3600;

	boolean fits(SocketEndpoint endpoint) {
		return true;
	}

	void apply(SocketEndpoint endpoint, ActionOptions options) {
		apply(endpoint);
	}

	void apply(SocketEndpoint endpoint) {
	}

	static Optional<EndpointAction> of(String name, SocketEndpoint endpoint) {
		return actions(endpoint).filter((action) -> action.label().equals(name)).findFirst();
	}

	static List<String> labels(SocketEndpoint endpoint) {
		return actions(endpoint).map(EndpointAction::label).toList();
	}

	private static Stream<EndpointAction> actions(SocketEndpoint endpoint) {
		return Arrays.stream(values()).filter((action) -> action.fits(endpoint));
	}

	private String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
