package dev.sockets.autoconfigure;

import java.util.Map;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import dev.sockets.tcp.TcpServerSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The health of what endpoints run on.
 */
class EngineHealthTests {

	@AutoClose
	private final ActuatorApplication application = new ActuatorApplication("sockets.memory.max=7MB");

	@Test
	void whenThereAreEndpointsThenTheHealthOfTheEngineTellsOfMemory() {
		this.application.endpoints().registerServer(TcpServerSettings.builder("orders").port(0).build());
		ActuatorApplication.Answer health = this.application.get("health/sockets/engine");
		assertThat(health.status()).isEqualTo(200);
		assertThat(health.<String>json("$.status")).isEqualTo("UP");
		assertThat(health.<Map<String, Object>>json("$.details")).containsEntry("memoryUsed", 0)
			.containsEntry("memoryMax", 7 * 1024 * 1024);
		assertThat(this.application.get("health/sockets").<Map<String, Object>>json("$.components"))
			.containsOnlyKeys("orders");
	}

	@Test
	void whenThereAreNoEndpointsThenThereIsNoneOfTheEngine() {
		assertThat(this.application.get("health/sockets/engine").status()).isEqualTo(404);
	}

	@Test
	void whenAnEndpointHasItsNameThenTheHealthIsThatOfTheEndpoint() {
		this.application.endpoints().registerServer(TcpServerSettings.builder("engine").port(0).build());
		assertThat(this.application.get("health/sockets/engine").<String>json("$.details.kind"))
			.isEqualTo("TCP_SERVER");
	}

}
