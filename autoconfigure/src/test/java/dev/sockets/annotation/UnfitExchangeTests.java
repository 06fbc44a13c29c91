package dev.sockets.annotation;

import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.support.DefaultConversionService;

import dev.sockets.autoconfigure.SocketsAutoConfiguration;
import dev.sockets.tcp.TcpClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Which interfaces cannot be clients, and what the failure says.
 */
class UnfitExchangeTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class))
		.withPropertyValues("sockets.tcp.client.orders.port=9");

	@Test
	void whenClientDoesNotExistThenFailureNamesThoseThatDo() {
		this.contextRunner.withUserConfiguration(LostConfiguration.class)
			.withPropertyValues("sockets.tcp.server.feed.port=0", "sockets.tcp.client.other.port=9")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessage("there is no TCP client 'ordres' (did you mean 'orders'?); there is orders, other"));
		this.contextRunner.withUserConfiguration(LostConfiguration.class)
			.run((context) -> assertThat(context.getStartupFailure())
				.hasMessageContaining("There is no bean for the interface " + Lost.class.getName()
						+ ": there is no TCP client 'ordres' (did you mean 'orders'?); there is orders"));
	}

	@Test
	void whenInterfaceNamesNoClientThenItFails() {
		this.contextRunner.withUserConfiguration(NamelessConfiguration.class)
			.run((context) -> assertThat(context.getStartupFailure()).hasMessageContaining(
					"There is no bean for the interface %s: it has no @SocketExchange that names a TCP client",
					Asking.class.getName()));
	}

	@Test
	void whenMethodHasNoMeaningThenItFails() {
		assertRefused(TwoParameters.class, "TwoParameters.ask(String, String) has 2 parameters instead of one");
		assertRefused(NoParameter.class, "NoParameter.ask() has 0 parameters instead of one");
		assertRefused(VoidWithTimeout.class, "VoidWithTimeout.tell(String) has a timeout, but no answer to wait for");
		assertRefused(NameOnMethod.class, "NameOnMethod.ask(String) names a TCP client, but only its interface can");
		assertRefused(NoDuration.class, "the timeout 'soon' of " + NoDuration.class.getName()
				+ ".ask(String) is no duration such as 2s, 500ms or PT2S");
		assertRefused(NegativeTimeout.class,
				"the timeout '0s' of " + NegativeTimeout.class.getName() + ".ask(String) is not positive");
		assertRefused(Object.class, "java.lang.Object is no interface");
	}

	private void assertRefused(Class<?> type, String message) {
		this.contextRunner.run((context) -> assertThatIllegalArgumentException()
			.isThrownBy(() -> SocketExchangeProxyFactory.create(type, context.getBean(TcpClient.class),
					DefaultConversionService.getSharedInstance()))
			.withMessageContaining(message));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableSocketExchanges(clients = Lost.class)
	static class LostConfiguration {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableSocketExchanges(clients = Asking.class)
	static class NamelessConfiguration {

	}

	interface Asking<A, Q> {

		A get(Q question);

	}

	@SocketExchange("ordres")
	interface Lost {

		String ask(String question);

	}

	interface TwoParameters {

		String ask(String question, String second);

	}

	interface NoParameter {

		String ask();

	}

	interface VoidWithTimeout {

		@SocketExchange(timeout = "1s")
		void tell(String note);

	}

	interface NameOnMethod {

		@SocketExchange("orders")
		String ask(String question);

	}

	interface NoDuration {

		@SocketExchange(timeout = "soon")
		String ask(String question);

	}

	interface NegativeTimeout {

		@SocketExchange(timeout = "0s")
		String ask(String question);

	}

}
