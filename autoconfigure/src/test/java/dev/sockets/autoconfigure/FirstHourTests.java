package dev.sockets.autoconfigure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.sockets.InvalidSettingException;
import dev.sockets.MessagePeer;
import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.annotation.EnableSocketExchanges;
import dev.sockets.annotation.SocketExchange;
import dev.sockets.annotation.SocketListener;
import dev.sockets.annotation.SocketMapping;
import dev.sockets.tcp.Connection;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What somebody who is new tries in the first hour, and what would be in silence or hard
 * to understand.
 */
@ExtendWith(OutputCaptureExtension.class)
class FirstHourTests {

	private static final String ECHO = "sockets.tcp.server.echo.port: 0";

	@Test
	void whenNamesInAnnotationsHaveBlanksAroundThenTheyAreTaken() {
		try (ConfigurableApplicationContext context = start(
				"sockets.tcp: {server.echo: {port: 0, route-by: first-word}, client.peer: {port: 1, auto-startup: false}}\nmy.endpoint: 'echo '",
				Spaced.class, SpacedExchanges.class)) {
			TcpServer server = context.getBean(TcpServer.class);
			assertThat(EchoConfiguration.ask(server, "hello")).isEqualTo("listened");
			assertThat(EchoConfiguration.ask(server, "GO on")).isEqualTo("mapped");
			assertThat(context.getBean(SpacedExchange.class)).isNotNull();
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					SeveralNames | there is no TCP server or client or receiver 'echo, two' (write each name for itself, as in { "echo", "two" }); there is echo
					PathAsName   | there is no TCP server or client or receiver 'sockets.tcp.server.echo' (did you mean 'echo'?); there is echo
					""")
	void whenANameIsAPathOrSeveralThenTheFailureSaysWhatToWrite(String type, String problem, CapturedOutput output)
			throws ClassNotFoundException {
		assertFails(ECHO, Class.forName(FirstHourTests.class.getName() + "$" + type));
		assertThat(output).contains(problem);
	}

	@Test
	void whenAConnectionIsToBeInjectedThenTheFailureSaysWhereItComesFrom(CapturedOutput output) {
		assertFails(ECHO, NeedsConnection.class);
		assertThat(output).contains("needs a Connection, which is no bean: each peer has its own."
				+ "\n\nAction:\n\nTake it as a parameter of a @SocketListener method or from an event, or inject a TcpServer, "
				+ "which has getConnections(), or a TcpClient, which has getConnection().");
		assertFails(ECHO, NeedsPeer.class);
		assertThat(output).contains("needs a MessagePeer, which is no bean: each peer has its own.");
	}

	@Test
	void whenEndpointsAreSwitchedOffThenTheFailureOfWhoNeedsOneSaysSo(CapturedOutput output) {
		assertFails("sockets.enabled: false\n" + ECHO, NeedsServer.class);
		assertThat(output)
			.contains("needs a TcpServer, but 'sockets.enabled' is false, so there are no endpoints. "
					+ "'sockets.enabled' is set in Byte array resource [application.yml] - 1:18.")
			.contains("Set 'sockets.enabled' to true or leave it out, or do without the endpoint by an "
					+ "ObjectProvider<TcpServer>.");
	}

	@Test
	void whenAClientSendsBeforeItIsStartedThenTheFailureSaysSo() {
		assertThatException().isThrownBy(() -> start("sockets.tcp.client.peer.port: 1", SendsEarly.class))
			.havingRootCause()
			.isInstanceOfSatisfying(SocketOperationException.class,
					(failure) -> assertThat(failure.getCode()).isEqualTo(SocketErrorCode.NOT_CONNECTED))
			.withMessage(
					"TCP client 'peer' is not connected, as it is not running: clients start when all beans are there");
	}

	@Test
	void whenAReceiverOfUdpHasAGroupForItsHostThenTheFailureSaysWhatJoinsIt() {
		for (String group : new String[] { "239.1.1.1", "ff02::1", "[ff02::1]" }) {
			assertThatExceptionOfType(InvalidSettingException.class)
				.isThrownBy(() -> Yaml.of("sockets.udp.receiver.news: {port: 0, host: '" + group + "'}").udpReceiver())
				.withMessage(
						"'sockets.udp.receiver.news.host' is '" + group + "' but must be an address of this machine; "
								+ "groups are joined by 'sockets.multicast.receiver.news.groups'");
		}
	}

	@Test
	void whenAValueHasOnlyBlanksThenTheFailureDoesNotCallItEmpty(CapturedOutput output) {
		assertFails("sockets.tcp.server.echo: {port: 0, framing: \"\\n\"}");
		assertThat(output).contains("'sockets.tcp.server.echo.framing' has nothing but blanks, set in ");
	}

	private static void assertFails(String yaml, Class<?>... beans) {
		assertThatException().isThrownBy(() -> start(yaml, beans));
	}

	private static ConfigurableApplicationContext start(String yaml, Class<?>... beans) {
		return new SpringApplicationBuilder(beans).sources(SocketsAutoConfiguration.class)
			.web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.initializers(Yaml.of(yaml))
			.run();
	}

	static class Spaced {

		@SocketListener("${my.endpoint}")
		String listened(String line) {
			return "listened";
		}

		@SocketMapping(endpoint = " echo", value = "GO")
		String mapped(String line) {
			return "mapped";
		}

	}

	@SocketExchange("peer ")
	interface SpacedExchange {

		String ask(String question);

	}

	@Configuration(proxyBeanMethods = false)
	@EnableSocketExchanges(clients = SpacedExchange.class)
	static class SpacedExchanges {

	}

	static class SeveralNames {

		@SocketListener("echo, two")
		void on(String line) {
		}

	}

	static class PathAsName {

		@SocketListener("sockets.tcp.server.echo")
		void on(String line) {
		}

	}

	record NeedsConnection(Connection connection) {
	}

	record NeedsPeer(MessagePeer peer) {
	}

	record NeedsServer(TcpServer server) {
	}

	@Configuration(proxyBeanMethods = false)
	static class SendsEarly {

		@Bean
		InitializingBean sender(TcpClient client) {
			return () -> client.send("hello");
		}

	}

}
