package dev.sockets.runtime.tcp;

import java.time.Duration;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.event.ConnectionFailedEvent;
import dev.sockets.tcp.Reconnect;
import dev.sockets.tcp.TcpClient;
import dev.sockets.testkit.Ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Who has a client connect anew does not wait for what has failed before.
 */
@Timeout(60)
class ReconnectDelayTests {

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	/**
	 * The client waits ten minutes for its next attempt. Events of different attempts may
	 * overtake each other.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "reconnect", "restart", "disconnect" })
	void whenAClientIsToConnectAnewThenItTriesAtOnceAndDelaysStartOver(String action) throws Exception {
		TcpClient client = this.endpoints.newClient("client", Ports.free(), (settings) -> settings
			.reconnect(new Reconnect(true, Duration.ofMillis(10), 60_000, Duration.ofMinutes(10), 0, 0)));
		client.start();
		this.endpoints.awaitEvents(ConnectionFailedEvent.class, 2);
		switch (action) {
			case "reconnect" -> assertFails(client::reconnect);
			case "restart" -> {
				client.stop();
				client.start();
			}
			default -> {
				client.disconnect();
				assertFails(client::connect);
			}
		}
		assertThat(this.endpoints.awaitEvents(ConnectionFailedEvent.class, 4))
			.extracting(ConnectionFailedEvent::getAttempt, ConnectionFailedEvent::getDelay)
			.containsExactlyInAnyOrder(tuple(1, Duration.ofMillis(10)), tuple(2, Duration.ofMinutes(10)),
					tuple(1, Duration.ofMillis(10)), tuple(2, Duration.ofMinutes(10)));
	}

	private static void assertFails(Runnable connect) {
		assertThatExceptionOfType(SocketOperationException.class).isThrownBy(connect::run)
			.satisfies((failure) -> assertThat(failure.getCode()).isEqualTo(SocketErrorCode.CONNECT_FAILED));
	}

}
