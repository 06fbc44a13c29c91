package dev.sockets.autoconfigure;

import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.sockets.actuate.SocketsHealthContributor;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When the health of endpoints is shown.
 */
class SocketsHealthContributorAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(SocketsAutoConfiguration.class, SocketsHealthContributorAutoConfiguration.class,
						HealthContributorAutoConfiguration.class, HealthContributorRegistryAutoConfiguration.class))
		.withPropertyValues("sockets.tcp.server.echo.port=0");

	@Test
	void whenThereIsHealthThenEndpointsHaveTheirs() {
		this.contextRunner.run((context) -> {
			HealthContributor contributor = context.getBean(HealthContributorRegistry.class).getContributor("sockets");
			assertThat(contributor).isInstanceOf(SocketsHealthContributor.class);
			assertThat(((SocketsHealthContributor) contributor).getContributor("echo"))
				.isInstanceOf(HealthIndicator.class);
		});
	}

	@Test
	void whenThereAreNoEndpointsThenThereIsEmptyContributor() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class,
					SocketsHealthContributorAutoConfiguration.class))
			.run((context) -> assertThat(context.getBean(SocketsHealthContributor.class)).isEmpty());
	}

	@Test
	void whenHealthIsAbsentThenThereIsNone() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(HealthContributor.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean("socketsHealthContributor")
				.hasSingleBean(TcpServer.class));
	}

	@Test
	void whenItIsSwitchedOffThenThereIsNone() {
		this.contextRunner.withPropertyValues("management.health.sockets.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(SocketsHealthContributor.class));
	}

	@Test
	void whenSocketsAreOffThenThereIsNone() {
		this.contextRunner.withPropertyValues("sockets.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SocketsHealthContributor.class));
	}

	@Test
	void whenThereIsOwnIndicatorThenItReplacesOurs() {
		HealthIndicator own = () -> Health.up().build();
		this.contextRunner.withBean("socketsHealthIndicator", HealthIndicator.class, () -> own).run((context) -> {
			assertThat(context).doesNotHaveBean(SocketsHealthContributor.class);
			assertThat(context.getBean(HealthContributorRegistry.class).getContributor("sockets")).isSameAs(own);
		});
	}

}
