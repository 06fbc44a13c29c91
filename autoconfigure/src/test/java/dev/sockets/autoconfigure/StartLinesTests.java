package dev.sockets.autoconfigure;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.sockets.framing.FrameOutput;
import dev.sockets.framing.FrameWindow;
import dev.sockets.framing.Framing;
import dev.sockets.registry.SocketEndpoints;
import dev.sockets.tcp.ConnectMode;
import dev.sockets.tcp.Peer;
import dev.sockets.tcp.TcpClientSettings;
import dev.sockets.testkit.LogLines;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the log says when endpoints start.
 */
class StartLinesTests {

	private final LogLines lines = new LogLines("dev.sockets");

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class));

	@AfterEach
	void forget() {
		this.lines.close();
	}

	@Test
	void whenAServerStartsThenItsLineSaysHowItIsSet() {
		this.contextRunner.withPropertyValues("sockets.tcp.server.echo.port=0")
			.run((context) -> assertThat(about("'echo'"))
				.matches("INFO TCP server 'echo' listens on \\S+:\\d+: line, text \\(UTF-8\\), no TLS, "
						+ "frames up to 64KB, up to 10,000 connections"));
	}

	@Test
	void whenAServerHasOtherSettingsThenItsLineSaysThem() {
		this.contextRunner
			.withPropertyValues("sockets.tcp.server.plc.port=0", "sockets.tcp.server.plc.profile=modbus-tcp",
					"sockets.tcp.server.plc.max-frame-size=260B", "sockets.tcp.server.plc.max-connections=8",
					"sockets.tcp.server.plc.max-connections-per-address=2")
			.run((context) -> assertThat(about("'plc'"))
				.endsWith(": length2 offset 4 at least 2 at most 254 with 00 00 at 2 kept, bytes, no TLS, "
						+ "frames up to 260B, up to 8 connections, 2 of an address"));
	}

	@Test
	void whenAFramingIsABeanThenTheLineNamesItsClass() {
		this.contextRunner.withUserConfiguration(OwnFraming.class)
			.withPropertyValues("sockets.tcp.server.own.port=0", "sockets.tcp.server.own.framing=mine")
			.run((context) -> assertThat(about("'own'")).contains(": StartLinesTests.OwnFraming.Mine, text (UTF-8), "));
	}

	@Test
	void whenAClientStartsThenItsLineSaysWhomItConnectsTo() {
		this.contextRunner
			.withPropertyValues("sockets.tcp.client.robot.addresses=127.0.0.1:1,127.0.0.1:2",
					"sockets.tcp.client.robot.profile=rpc", "sockets.tcp.client.robot.codec=bytes",
					"sockets.tcp.client.robot.rpc=false", "sockets.tcp.client.robot.connect=on-demand")
			.run((context) -> assertThat(about("'robot'"))
				.isEqualTo("INFO TCP client 'robot' connects on demand to 127.0.0.1:1, 127.0.0.1:2: "
						+ "length4, bytes, no TLS, frames up to 64KB"));
	}

	@Test
	void whenAClientIsMadeAtRunTimeThenItHasItsLineToo() {
		this.contextRunner.withPropertyValues("sockets.tcp.server.echo.port=0").run((context) -> {
			context.getBean(SocketEndpoints.class)
				.registerClient(TcpClientSettings.builder("late")
					.peers(() -> List.of(new Peer("localhost", 1)))
					.connect(ConnectMode.PER_REQUEST)
					.connectTimeout(Duration.ofSeconds(1))
					.build());
			assertThat(about("'late'")).startsWith("INFO TCP client 'late' connects for each request to what it is "
					+ "told: line, text (UTF-8), no TLS, frames up to 64KB");
		});
	}

	@Test
	void whenDatagramEndpointsStartThenTheirLinesSayHowTheyAreSet() {
		this.contextRunner
			.withPropertyValues("sockets.udp.receiver.sensors.port=0", "sockets.udp.receiver.sensors.codec=bytes",
					"sockets.udp.receiver.sensors.max-datagram-size=1KB", "sockets.udp.sender.news.host=127.0.0.1",
					"sockets.udp.sender.news.port=9")
			.run((context) -> {
				assertThat(about("'sensors'")).matches(
						"INFO UDP receiver 'sensors' receives on \\S+:\\d+: bytes, datagrams up to 1KB, 10,000 may wait");
				assertThat(about("'news'")).isEqualTo("INFO UDP sender 'news' sends to 127.0.0.1:9: text (UTF-8)");
			});
	}

	@Test
	void whenTheApplicationHasStartedThenOneLineCountsItsEndpoints() {
		this.contextRunner
			.withPropertyValues("sockets.tcp.server.a.port=0", "sockets.tcp.server.b.port=0",
					"sockets.tcp.server.b.auto-startup=false", "sockets.tcp.client.c.port=1",
					"sockets.tcp.client.c.connect=on-demand", "sockets.udp.receiver.d.port=0")
			.run((context) -> assertThat(this.lines.all().stream().filter((line) -> line.contains("Sockets:")))
				.containsExactly("INFO Sockets: 2 TCP servers (1 not started), 1 TCP client, 1 UDP receiver"));
	}

	@Test
	void whenThereAreNoEndpointsThenNothingIsCounted() {
		this.contextRunner
			.run((context) -> assertThat(this.lines.all()).noneMatch((line) -> line.contains("Sockets:")));
	}

	private String about(String name) {
		return this.lines.all().stream().filter((line) -> line.contains(name)).findFirst().orElseThrow();
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnFraming {

		@Bean
		Framing mine() {
			return new Mine();
		}

		static final class Mine implements Framing {

			@Override
			public boolean next(FrameWindow window) {
				return false;
			}

			@Override
			public void encode(byte[] payload, FrameOutput output) {
				output.write(payload);
			}

		}

	}

}
