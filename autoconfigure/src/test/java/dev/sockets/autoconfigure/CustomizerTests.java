package dev.sockets.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpClientCustomizer;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerCustomizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/**
 * Beans that change the settings of endpoints.
 */
class CustomizerTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class));

	@Test
	void whenThereAreCustomizersThenTheyChangeSettingsInTheirOrder() {
		this.contextRunner.withUserConfiguration(CustomizerConfiguration.class).withInitializer(Yaml.of("""
				sockets.tcp:
				  server.echo:
				    port: 0
				    auto-startup: false
				    user-data.by: properties
				  client.peer:
				    port: 9
				    auto-startup: false
				""")).run((context) -> {
			assertThat(context.getBean(CustomizerConfiguration.class).calls).containsExactly("first echo",
					"second echo", "client peer");
			assertThat(context.getBean("echo", TcpServer.class).getUserData()).containsExactly(entry("by", "second"));
			assertThat(context.getBean("peer", TcpClient.class).getUserData()).containsExactly(entry("by", "client"));
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class CustomizerConfiguration {

		private final List<String> calls = new ArrayList<>();

		@Bean
		@Order(2)
		TcpServerCustomizer second() {
			return (name, settings) -> call("second", name, settings::connection);
		}

		@Bean
		@Order(1)
		TcpServerCustomizer first() {
			return (name, settings) -> call("first", name, settings::connection);
		}

		@Bean
		TcpClientCustomizer client() {
			return (name, settings) -> call("client", name, settings::connection);
		}

		private void call(String customizer, String name, Consumer<Consumer<ConnectionSettings.Builder>> connection) {
			this.calls.add(customizer + " " + name);
			connection.accept((settings) -> settings.userData(Map.of("by", customizer)));
		}

	}

}
