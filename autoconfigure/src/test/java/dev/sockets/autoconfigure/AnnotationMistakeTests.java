package dev.sockets.autoconfigure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.util.ClassUtils;

import dev.sockets.annotation.EnableSocketExchanges;
import dev.sockets.annotation.Opcode;
import dev.sockets.annotation.SocketExchange;
import dev.sockets.annotation.SocketExchangeFactoryBean;
import dev.sockets.annotation.SocketListener;
import dev.sockets.annotation.SocketMapping;
import dev.sockets.multicast.MulticastSender;
import dev.sockets.tcp.TcpClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What a user reads of each kind of mistake in annotations and injection points: which
 * one, why, and what to change.
 */
@ExtendWith(OutputCaptureExtension.class)
class AnnotationMistakeTests {

	private static final String ENDPOINTS = """
			sockets:
			  tcp.server.echo.port: 0
			  tcp.client.orders: {port: 7, auto-startup: false}
			  tcp.client.billing: {port: 7, auto-startup: false}
			""";

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					MisspeltListener  | .on(String) cannot be called for messages: there is no TCP server or client or receiver 'ehco' (did you mean 'echo'?); there is billing, echo, orders. | Change the method, or the endpoint that its @SocketListener names.
					SenderListener    | .on(String) cannot be called for messages: 'beacon' is a MulticastSender, and a TCP server or client or receiver is needed; there is billing, echo, orders. | Change the method, or the endpoint
					TwoPayloads       | .on(String, Integer) cannot be called for messages: there is no argument for its parameter 'second' of type java.lang.Integer; allowed are one parameter for the payload, and Connection, | Change the method
					OtherEndpoint     | .on(TcpClient, String) cannot be called for messages: there is no argument for its parameter 'client' of type dev.sockets.tcp.TcpClient; allowed are one parameter | Change the method
					Static            | .on(String) cannot be called for messages: it is static; make it a method of the bean. | Change the method
					Nameless          | .on(String) cannot be called for messages: it names no endpoint. | Change the method
					Unresolved        | .on(String) cannot be called for messages: there is no TCP server or client or receiver '${no.endpoint}'; there is billing, echo, orders. | Change the method
					UnroutedMapping   | .login() cannot be called: the messages of sockets.tcp.server.echo are not routed; set 'sockets.tcp.server.echo.route-by' to first-word, | Change the method, or its @SocketMapping
					NoRequestMapping  | .answer() cannot be called: there is no TCP server or client 'ehco' (did you mean 'echo'?); there is billing, echo, orders. | Change the method, or its @SocketMapping
					EmptyMapping      | .answer() cannot be called: it has neither an opcode nor a name nor a value. | Change the method, or its @SocketMapping
					BothMapping       | .answer() cannot be called: it has a value, for messages, and an opcode or name, for requests; it can have one of them. | Change the method
					""")
	void whenAMethodCannotBeCalledThenTheFailureSaysWhichWhyAndWhatToChange(String type, String problem, String action,
			CapturedOutput output) {
		String yaml = ENDPOINTS + "  multicast.sender.beacon: {group: 239.1.1.1, port: 7}\n";
		assertFails(yaml, type(type));
		assertThat(analysis(output)).contains(type(type).getName() + problem).contains(action);
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					MisspeltExchange  | there is no TCP client 'ordres' (did you mean 'orders'?); there is billing, orders.
					ServerExchange    | 'echo' is a TcpServer, and a TCP client is needed; there is billing, orders.
					BeanExchange      | 'echoConfiguration' is a dev.sockets.autoconfigure.EchoConfiguration, and a TCP client is needed; there is billing, orders.
					NamelessExchange  | it has no @SocketExchange that names a TCP client.
					BadTimeout        | the timeout 'soon' of
					ZeroTimeout       | the timeout '0s' of
					VoidTimeout       | .tell(String) has a timeout, but no answer to wait for.
					TwoParameters     | .ask(String, String) has 2 parameters instead of one, the payload.
					NoParameter       | .ask() has 0 parameters instead of one, the payload.
					OpcodeExchange    | sockets.tcp.client.orders
					""")
	void whenAnInterfaceCannotBeAClientThenTheFailureSaysWhichWhyAndWhatToChange(String type, String problem,
			CapturedOutput output) {
		assertThatException().isThrownBy(() -> application(ENDPOINTS)
			.initializers((context) -> ((GenericApplicationContext) context).registerBean("exchange",
					SocketExchangeFactoryBean.class, () -> new SocketExchangeFactoryBean<>(type(type))))
			.run());
		assertThat(analysis(output)).contains(type(type).getName() + " cannot be a client: ")
			.contains(problem)
			.contains("Change the interface or its @SocketExchange, or configure the TCP client that this names, below "
					+ "'sockets.tcp.client'.");
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					MisspeltQualifier | Parameter 0 of constructor in {} needs a TcpClient called 'ordres', but there is billing, orders; did you mean 'orders'? | Name one of billing, orders by @Qualifier, or configure 'sockets.tcp.client.ordres'.
					ServerQualifier   | Parameter 0 of constructor in {} needs a TcpClient called 'echo', but that is a TcpServer, no TcpClient. | Name one of billing, orders by @Qualifier, or configure 'sockets.tcp.client.<name>'.
					NoSender          | Parameter 0 of constructor in {} needs a MulticastSender, but there is no MulticastSender at all. | Configure one as 'sockets.multicast.sender.<name>'.
					NoSenderOfName    | Parameter 0 of constructor in {} needs a MulticastSender called 'beacon', but there is no MulticastSender at all. | Configure one as 'sockets.multicast.sender.beacon'.
					UnmadeExchange    | Parameter 0 of constructor in {} needs a dev.sockets.autoconfigure.AnnotationMistakeTests$Orders, which is a @SocketExchange interface, but nothing makes beans of those: there is no @EnableSocketExchanges that finds any. | Add @EnableSocketExchanges(clients = Orders.class) to a class with @Configuration or @SpringBootApplication, or without 'clients' to one in the package 'dev.sockets.autoconfigure' or above.
					""")
	void whenWhatIsToBeInjectedIsNotThereThenTheFailureSaysWhatIs(String type, String problem, String action,
			CapturedOutput output) {
		assertFails(ENDPOINTS, type(type));
		assertThat(analysis(output)).contains(problem.replace("{}", type(type).getName())).contains(action);
	}

	@Test
	void whenExchangesAreLookedForElsewhereThenTheFailureSaysSo(CapturedOutput output) {
		assertFails(ENDPOINTS, UnmadeExchange.class, OtherExchanges.class);
		assertThat(analysis(output))
			.contains("needs a " + Orders.class.getName()
					+ ", which is a @SocketExchange interface, but @EnableSocketExchanges looks into other packages.")
			.contains("Add @EnableSocketExchanges(clients = Orders.class)");
	}

	@Test
	void whenAnythingElseIsNotThereThenTheFailureIsThatOfSpringBoot(CapturedOutput output) {
		assertFails(ENDPOINTS, NeedsText.class);
		assertThat(analysis(output))
			.contains("required a bean of type 'java.lang.StringBuilder' that could not be found");
	}

	private static String analysis(CapturedOutput output) {
		assertThat(output).contains("APPLICATION FAILED TO START").doesNotContain("\tat dev.sockets");
		return output.toString().replaceFirst("(?s).*Description:", "");
	}

	private static Class<?> type(String name) {
		return ClassUtils.resolveClassName(AnnotationMistakeTests.class.getName() + "$" + name, null);
	}

	private static void assertFails(String yaml, Class<?>... more) {
		assertThatException().isThrownBy(() -> application(yaml, more).run());
	}

	private static SpringApplicationBuilder application(String yaml, Class<?>... more) {
		return new SpringApplicationBuilder(EchoConfiguration.class).sources(more)
			.web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.logStartupInfo(false)
			.initializers(Yaml.of(yaml));
	}

	static class MisspeltListener {

		@SocketListener("ehco")
		void on(String line) {
		}

	}

	static class SenderListener {

		@SocketListener("beacon")
		void on(String line) {
		}

	}

	static class TwoPayloads {

		@SocketListener("echo")
		void on(String first, Integer second) {
		}

	}

	static class OtherEndpoint {

		@SocketListener("echo")
		void on(TcpClient client, String line) {
		}

	}

	static class Static {

		@SocketListener("echo")
		static void on(String line) {
		}

	}

	static class Nameless {

		@SocketListener({})
		void on(String line) {
		}

	}

	static class Unresolved {

		@SocketListener("${no.endpoint}")
		void on(String line) {
		}

	}

	static class UnroutedMapping {

		@SocketMapping(endpoint = "echo", value = "LOGIN")
		void login() {
		}

	}

	static class NoRequestMapping {

		@SocketMapping(endpoint = "ehco", opcode = 1)
		void answer() {
		}

	}

	static class EmptyMapping {

		@SocketMapping(endpoint = "echo")
		void answer() {
		}

	}

	static class BothMapping {

		@SocketMapping(endpoint = "echo", value = "a", opcode = 1)
		void answer() {
		}

	}

	@SocketExchange("ordres")
	interface MisspeltExchange {

		void tell(String text);

	}

	@SocketExchange("echo")
	interface ServerExchange {

		void tell(String text);

	}

	@SocketExchange("${exchange.of.bean:echoConfiguration}")
	interface BeanExchange {

		void tell(String text);

	}

	@SocketExchange
	interface NamelessExchange {

		void tell(String text);

	}

	@SocketExchange("orders")
	interface BadTimeout {

		@SocketExchange(timeout = "soon")
		String ask(String text);

	}

	@SocketExchange(value = "orders", timeout = "0s")
	interface ZeroTimeout {

		String ask(String text);

	}

	@SocketExchange("orders")
	interface VoidTimeout {

		@SocketExchange(timeout = "1s")
		void tell(String text);

	}

	@SocketExchange("orders")
	interface TwoParameters {

		String ask(String first, String second);

	}

	@SocketExchange("orders")
	interface NoParameter {

		String ask();

	}

	@SocketExchange("orders")
	interface OpcodeExchange {

		@Opcode(1)
		String ask(String text);

	}

	@SocketExchange("orders")
	interface Orders {

		String ask(String text);

	}

	record MisspeltQualifier(@Qualifier("ordres") TcpClient client) {

	}

	record ServerQualifier(@Qualifier("echo") TcpClient client) {

	}

	record NoSender(MulticastSender sender) {

	}

	record NoSenderOfName(@Qualifier("beacon") MulticastSender sender) {

	}

	record UnmadeExchange(Orders orders) {

	}

	record NeedsText(StringBuilder text) {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableSocketExchanges(clients = OtherOrders.class)
	static class OtherExchanges {

	}

	@SocketExchange("orders")
	interface OtherOrders {

		String ask(String text);

	}

}
