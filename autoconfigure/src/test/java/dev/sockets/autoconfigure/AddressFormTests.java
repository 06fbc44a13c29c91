package dev.sockets.autoconfigure;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;

import org.springframework.context.ApplicationListener;

import dev.sockets.AddressText;
import dev.sockets.EndpointStatus;
import dev.sockets.event.EndpointStartedEvent;
import dev.sockets.multicast.MulticastReceiverSettings;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;
import dev.sockets.testkit.LogLines;
import dev.sockets.udp.UdpReceiver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whoever shows where an endpoint listens shows it alike.
 */
class AddressFormTests {

	@Test
	void whenAServerListensOnAllAddressesThenLogStatusEventAndActuatorSayItAlike() {
		try (ActuatorApplication application = new ActuatorApplication(); LogLines log = new LogLines("dev.sockets")) {
			List<InetSocketAddress> told = new CopyOnWriteArrayList<>();
			application
				.addListener((ApplicationListener<EndpointStartedEvent>) (event) -> told.add(event.getAddress()));
			TcpServer server = application.endpoints()
				.registerServer(TcpServerSettings.builder("orders").ports(List.of(0, 0)).build());
			int port = server.getLocalAddress().getPort();
			String address = "0.0.0.0:" + port;
			assertThat(log.all()).anyMatch((line) -> line.startsWith("INFO TCP server 'orders' listens on " + address
					+ "," + server.getLocalAddresses().get(1).getPort() + ": "));
			assertThat(application.get("sockets/orders").<String>json("$.address")).isEqualTo(address);
			assertThat(application.get("health/sockets/orders").<String>json("$.details.address")).isEqualTo(address);
			assertThat(AddressText.of(told.get(0))).isEqualTo(address);
			EndpointStatus status = server.status();
			assertThat(status.address()).hasToString("/" + address);
			assertThat(server.getLocalAddresses())
				.allSatisfy((one) -> assertThat(one.getAddress().getHostAddress()).isEqualTo("0.0.0.0"));
		}
	}

	@Test
	void whenAServerListensOnANameThenLogAndActuatorShowItsAddress() {
		try (ActuatorApplication application = new ActuatorApplication(); LogLines log = new LogLines("dev.sockets")) {
			TcpServer server = application.endpoints()
				.registerServer(TcpServerSettings.builder("orders").host("localhost").port(0).build());
			String address = application.get("sockets/orders").json("$.address");
			assertThat(address).isEqualTo(AddressText.of(server.getLocalAddress())).doesNotContain("localhost");
			assertThat(log.all())
				.anyMatch((line) -> line.startsWith("INFO TCP server 'orders' listens on " + address + ": "));
		}
	}

	@Test
	void whenAUdpReceiverReceivesOnAllAddressesThenLogAndActuatorSayItAlike() {
		try (ActuatorApplication application = new ActuatorApplication(); LogLines log = new LogLines("dev.sockets")) {
			UdpReceiver receiver = application.endpoints()
				.registerUdpReceiver(MulticastReceiverSettings.udp("scale").port(0).build());
			String address = application.get("sockets/scale").json("$.address");
			assertThat(address).isEqualTo("0.0.0.0:" + receiver.getLocalAddress().getPort());
			assertThat(log.all())
				.anyMatch((line) -> line.startsWith("INFO UDP receiver 'scale' receives on " + address + ": "));
		}
	}

	@Test
	void whenAnAddressIsIpv6ThenItStandsInBrackets() {
		assertThat(AddressText.of(new InetSocketAddress("::1", 7))).isEqualTo("[0:0:0:0:0:0:0:1]:7");
		assertThat(AddressText.of(InetSocketAddress.createUnresolved("robot.local", 7))).isEqualTo("robot.local:7");
		assertThat(AddressText.asNamed(new InetSocketAddress("localhost", 7))).isEqualTo("localhost:7");
		assertThat(AddressText.asNamed(new InetSocketAddress("::1", 7))).isEqualTo("[0:0:0:0:0:0:0:1]:7");
	}

}
