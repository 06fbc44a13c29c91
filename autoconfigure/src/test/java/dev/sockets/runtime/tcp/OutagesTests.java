package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import dev.sockets.SocketErrorCode;
import dev.sockets.event.EndpointFailedEvent;
import dev.sockets.runtime.EndpointEvents;
import dev.sockets.runtime.Outages;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What keeps an endpoint from its work, told by several threads at a time.
 */
class OutagesTests {

	private static final int TURNS = 500;

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints(1);

	@AutoClose("shutdownNow")
	private final ExecutorService others = Executors.newSingleThreadExecutor();

	private final List<Boolean> recoveries = Collections.synchronizedList(new ArrayList<>());

	@Test
	void whenAnOutageIsOverAtOnceThenItsBeginningIsToldBeforeItsEnd() throws Exception {
		this.endpoints.onEvent((event) -> {
			if (event instanceof EndpointFailedEvent failure) {
				this.recoveries.add(failure.isRecovered());
			}
		});
		TcpServer server = this.endpoints.newServer("late", 0, (connection) -> {
		});
		EndpointEvents events = this.endpoints.runtime()
			.events(server, TcpServerSettings.builder("late").port(0).build().connection());
		Outages outages = new Outages(events);
		for (int i = 0; i < TURNS; i++) {
			Future<?> end = this.others.submit(() -> {
				while (!outages.any()) {
					Thread.onSpinWait();
				}
				assertThat(events.failures().last()).isNotNull();
				outages.end("it");
			});
			outages.begin("it", SocketErrorCode.HANDLER_FAILED, "it is held up", null);
			end.get();
			int told = 2 * (i + 1);
			Awaitility.await()
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(1))
				.until(() -> this.recoveries.size() == told);
		}
		for (int i = 0; i < 2 * TURNS; i++) {
			assertThat(this.recoveries.get(i)).as("event " + i).isEqualTo(i % 2 == 1);
		}
	}

}
