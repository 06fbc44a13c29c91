package dev.sockets.autoconfigure;

import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.mockito.Answers;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;

import dev.sockets.EndpointKind;
import dev.sockets.EndpointState;
import dev.sockets.actuate.EndpointDescriptor;
import dev.sockets.actuate.SocketsEndpoint;
import dev.sockets.actuate.SocketsHealthContributor;
import dev.sockets.annotation.SocketListener;
import dev.sockets.annotation.SocketMapping;
import dev.sockets.multicast.MulticastReceiver;
import dev.sockets.multicast.MulticastSender;
import dev.sockets.registry.SocketEndpoints;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;
import dev.sockets.udp.UdpReceiver;
import dev.sockets.udp.UdpSender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.verify;

/**
 * A test that mocks some endpoints of the application, spies on another one, and has all
 * of Actuator.
 */
@SpringBootTest(classes = MockedEndpointTests.Application.class,
		properties = { "sockets.tcp.client.robot.port=1", "sockets.tcp.client.deep.port=1",
				"sockets.tcp.server.orders.port=1", "sockets.tcp.server.echo.host=127.0.0.1",
				"sockets.tcp.server.echo.port=0", "sockets.multicast.receiver.ticker.groups=230.0.0.1:1",
				"sockets.multicast.sender.quotes.group=230.0.0.1:1", "sockets.udp.receiver.syslog.port=1",
				"sockets.udp.sender.probe.host=127.0.0.1", "sockets.udp.sender.probe.port=1",
				"management.endpoints.web.exposure.include=*" })
class MockedEndpointTests {

	@MockitoBean(name = "robot")
	private TcpClient robot;

	@MockitoBean(name = "deep", answers = Answers.RETURNS_DEEP_STUBS)
	private TcpClient deep;

	@MockitoBean(name = "orders")
	private TcpServer orders;

	@MockitoBean(name = "ticker")
	private MulticastReceiver ticker;

	@MockitoBean(name = "quotes")
	private MulticastSender quotes;

	@MockitoBean(name = "syslog")
	private UdpReceiver syslog;

	@MockitoBean(name = "probe")
	private UdpSender probe;

	@MockitoSpyBean(name = "echo")
	private TcpServer echo;

	@Autowired
	private SocketEndpoints endpoints;

	@Autowired
	private SocketsEndpoint endpoint;

	@Autowired
	private SocketsHealthContributor health;

	@Autowired
	private MeterRegistry meters;

	@Test
	void whenEndpointsAreMocksThenTheyAreFoundByTheirBeanNames() {
		assertThat(this.endpoints.get("robot")).containsSame(this.robot);
		assertThat(this.endpoints.byName()).containsOnlyKeys("deep", "echo", "orders", "probe", "quotes", "robot",
				"syslog", "ticker");
	}

	@Test
	void whenEndpointsAreMocksThenActuatorShowsWhatIsKnown() {
		Map<String, EndpointDescriptor> shown = this.endpoint.endpoints().endpoints();
		assertThat(shown).containsOnlyKeys("deep", "echo", "orders", "probe", "quotes", "robot", "syslog", "ticker");
		assertThat(shown.get("robot").kind()).isEqualTo(EndpointKind.TCP_CLIENT);
		assertThat(shown.get("robot").state()).isNull();
		assertThat(shown.get("orders").kind()).isEqualTo(EndpointKind.TCP_SERVER);
		assertThat(shown.get("ticker").kind()).isEqualTo(EndpointKind.MULTICAST_RECEIVER);
		assertThat(shown.get("quotes").kind()).isEqualTo(EndpointKind.MULTICAST_SENDER);
		assertThat(shown.get("syslog").kind()).isEqualTo(EndpointKind.UDP_RECEIVER);
		assertThat(shown.get("probe").kind()).isEqualTo(EndpointKind.UDP_SENDER);
		shown.keySet().forEach((name) -> assertThat(this.endpoint.endpoint(name)).isNotNull());
	}

	@Test
	void whenAMockIsToldToStopThenItIsTold() {
		assertThat(this.endpoint.act("robot", "stop", null, null, null).state()).isNull();
		verify(this.robot).stop();
	}

	@Test
	void whenEndpointsAreMocksThenTheirHealthIsUnknown() {
		assertThat(this.health.stream().map((entry) -> entry.name())).contains("robot", "orders", "echo");
		assertThat(status("robot")).isEqualTo(Status.UNKNOWN);
		assertThat(status("orders")).isEqualTo(Status.UNKNOWN);
		assertThat(status("deep")).isEqualTo(Status.UNKNOWN);
		assertThat(status("echo")).isEqualTo(Status.UP);
	}

	@Test
	void whenEndpointsAreMocksThenOnlyTheOthersHaveMeters() {
		assertThat(this.meters.find("sockets.connections.active").tag("name", "echo").gauge()).isNotNull();
		assertThat(this.meters.find("sockets.connections.active").tag("name", "robot").gauge()).isNull();
		this.meters.forEachMeter((meter) -> meter.measure().forEach((measurement) -> measurement.getValue()));
	}

	@Test
	void whenAServerIsSpiedOnThenItIsShownAsItIs() {
		assertThat(this.echo.getLocalAddress().getPort()).isPositive();
		EndpointDescriptor shown = this.endpoint.endpoints().endpoints().get("echo");
		assertThat(shown.state()).isEqualTo(EndpointState.LISTENING);
		assertThat(shown.address()).isEqualTo("127.0.0.1:" + this.echo.getLocalAddress().getPort());
	}

	private Status status(String name) {
		return ((HealthIndicator) this.health.getContributor(name)).health().getStatus();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ SocketsAutoConfiguration.class, MetricsAutoConfiguration.class,
			SocketsMetricsAutoConfiguration.class, SocketsEndpointAutoConfiguration.class,
			SocketsHealthContributorAutoConfiguration.class })
	static class Application {

		@Bean
		SimpleMeterRegistry meterRegistry() {
			return new SimpleMeterRegistry();
		}

		@SocketListener({ "robot", "orders", "ticker", "syslog" })
		void hear(String line) {
		}

		@SocketMapping(endpoint = { "robot", "orders" }, opcode = 7)
		void answer(String argument) {
		}

	}

}
