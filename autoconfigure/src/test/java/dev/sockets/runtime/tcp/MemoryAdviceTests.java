package dev.sockets.runtime.tcp;

import java.util.List;
import java.util.function.Consumer;

import ch.qos.logback.classic.Level;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.sockets.loop.MemoryBudget;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;
import dev.sockets.testkit.LogLines;
import dev.sockets.testkit.TestedEngine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server says when the limits that somebody has set allow more than there is; of those
 * that nobody has set only at level debug. Break B1.
 */
@Timeout(60)
class MemoryAdviceTests {

	private static final String NOTICE = "connections with messages of";

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints(
			TestedEngine.loops(1, new MemoryBudget(16 * 1024 * 1024)));

	@AutoClose
	private final LogLines log = new LogLines(TcpServer.class.getName());

	@Test
	void whenNobodyHasSetLimitsThenOnlyThoseReadItWhoLookForAFault() {
		this.log.level(Level.DEBUG);
		serve((settings) -> {
		});
		assertThat(notices()).singleElement().asString().startsWith("DEBUG");
	}

	@Test
	void whenLimitsAllowMoreThanThereIsThenItIsAWarning() {
		serve((settings) -> settings.maxConnections(1000));
		assertThat(notices()).singleElement()
			.asString()
			.startsWith("WARN")
			.contains("1000 connections with messages of 65536 bytes, which is 62 MB")
			.contains("sockets.memory.max is 16 MB");
	}

	@Test
	void whenWhatMayWaitForPeersIsSetThenItCounts() {
		serve((settings) -> settings.maxConnections(10)
			.connection((connection) -> connection.maxPending(10 * 1024 * 1024)));
		assertThat(notices()).singleElement().asString().startsWith("WARN").contains("which is 100 MB");
	}

	@Test
	void whenLimitsAreRaisedLaterThenItIsSaidThen() {
		TcpServer server = serve((settings) -> settings.maxConnections(10));
		assertThat(notices()).isEmpty();
		server.setMaxConnections(2000);
		assertThat(notices()).singleElement().asString().startsWith("WARN").contains("2000 connections");
	}

	private TcpServer serve(Consumer<TcpServerSettings.Builder> settings) {
		return this.endpoints.serve(settings);
	}

	private List<String> notices() {
		return this.log.all().stream().filter((line) -> line.contains(NOTICE)).toList();
	}

}
