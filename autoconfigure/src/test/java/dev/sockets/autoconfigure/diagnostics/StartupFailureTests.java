package dev.sockets.autoconfigure.diagnostics;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.OrderUtils;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.StringUtils;

import dev.sockets.annotation.SocketListener;
import dev.sockets.annotation.SocketMapping;
import dev.sockets.autoconfigure.EchoConfiguration;
import dev.sockets.autoconfigure.SocketsRedisAutoConfiguration;
import dev.sockets.autoconfigure.Yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What a user reads when an application can't start.
 */
@ExtendWith(OutputCaptureExtension.class)
class StartupFailureTests {

	@Test
	void whenSettingIsInvalidThenFailureNamesPropertyAndPlaceAndChoices(CapturedOutput output) {
		assertStartFails("""
				sockets.tcp.server:
				  echo:
				    port: 0
				    framing: lines
				""");
		assertThat(output).contains("""
				Description:

				'sockets.tcp.server.echo.framing' has the invalid value 'lines', set in \
				Byte array resource [application.yml] - 4:14; did you mean 'line'?

				Action:

				'sockets.tcp.server.echo.framing' must be one of line, crlf, nul, stx-etx, length1,""");
	}

	@Test
	void whenTheTextNullIsSetThenFailureDoesNotSayThatNothingIs(CapturedOutput output) {
		assertStartFails("sockets.tcp.server.echo: {port: 0, framing: 'null'}");
		assertThat(output).contains("'sockets.tcp.server.echo.framing' has the invalid value 'null', set in "
				+ "Byte array resource [application.yml] - 1:45; did you mean 'nul'?");
	}

	@Test
	void whenTheFramingCannotCarryAPasswordThenFailureSaysSoAndDoesNotTellIt(CapturedOutput output) {
		assertStartFails("sockets.tcp.server.echo: {port: 0, framing: raw, password: s3cret}");
		assertThat(output).contains("'sockets.tcp.server.echo.framing' has the invalid value 'raw', set in")
			.contains("'sockets.tcp.server.echo.framing' must be another one with password, such as line or length4")
			.doesNotContain("s3cret");
	}

	@Test
	void whenNoClassesAreAllowedThenFailureSaysWhatToAdd(CapturedOutput output) {
		assertStartFails("sockets.tcp.server.echo: {port: 0, framing: length4, codec: object}");
		assertThat(output).contains("'sockets.tcp.server.echo.allowed-classes' is not set.")
			.contains(
					"'sockets.tcp.server.echo.allowed-classes' must be a list of the classes that may be received: full "
							+ "names such as com.example.Order, com.example.* for those of a package");
	}

	@Test
	void whenPortIsMissingThenFailureSaysSo(CapturedOutput output) {
		assertStartFails("sockets.tcp.client.peer.host: localhost");
		assertThat(output).contains("""
				Description:

				'sockets.tcp.client.peer.port' is not set. What there is of 'sockets.tcp.client.peer' is set in \
				Byte array resource [application.yml] - 1:31.

				Action:

				'sockets.tcp.client.peer.port' must be a port from 1 to 65535.
				""");
	}

	@Test
	void whenPortIsInUseThenFailureSaysWhichPropertyToChange(CapturedOutput output) throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			int port = socket.getLocalPort();
			assertStartFails("sockets.tcp.server.echo.port: " + port);
			assertThat(output).contains("""
					Description:

					The TCP server 'echo' could not listen on 0.0.0.0:%d: the port is in use. \
					'sockets.tcp.server.echo.port' is set in Byte array resource [application.yml] - 1:31.

					Action:

					Set 'sockets.tcp.server.echo.port' to a free port, or to 0 to have one picked, or end the program"""
				.formatted(port));
		}
	}

	@Test
	void whenAddressIsNotOursThenFailureSaysWhichPropertiesToChange(CapturedOutput output) {
		assertStartFails("""
				sockets.tcp.server.echo:
				  host: 192.0.2.1
				  port: 0
				""");
		assertThat(output).contains("The TCP server 'echo' could not listen on 192.0.2.1:0: ")
			.contains("Set 'sockets.tcp.server.echo.host' to an address of this machine");
	}

	@Test
	void whenAMethodCannotAnswerRequestsThenFailureSaysWhy(CapturedOutput output) {
		assertStartFails("sockets.tcp.server.echo: {port: 0, profile: rpc}", Lost.class);
		assertThat(output).contains("""
				Description:

				%s.answer() cannot be called: there is no TCP server or client 'elsewhere'; there is echo.

				Action:

				Change the method, or its @SocketMapping, or the endpoint that this names.
				""".formatted(Lost.class.getName()));
	}

	@Test
	void whenAMethodIsToGetMessagesThatAreNotRoutedThenFailureSaysWhatToSet(CapturedOutput output) {
		assertStartFails("sockets.tcp.server.echo: {port: 0}", Unrouted.class);
		assertThat(output).contains("""
				Description:

				%s.login() cannot be called: the messages of sockets.tcp.server.echo are not routed; set \
				'sockets.tcp.server.echo.route-by' to first-word, json:/<pointer> or byte:<offset>.
				""".formatted(Unrouted.class.getName()));
	}

	@Test
	void whenTwoMethodsHaveOneValueThenFailureNamesBoth(CapturedOutput output) {
		assertStartFails("sockets.tcp.server.echo: {port: 0, route-by: first-word}", Unrouted.class, Twin.class);
		assertThat(output).contains("%s.login() cannot be called: 'LOGIN' of 'echo' is handled already, by %s.login()."
			.formatted(Twin.class.getName(), Unrouted.class.getName()));
	}

	@Test
	void whenAListenerIsForAnEndpointThatIsNotThereThenFailureNamesThoseThatAreAndTheNearest(CapturedOutput output) {
		assertStartFails("sockets.tcp.server: {echo.port: 0, clock.port: 0}", Mistyped.class);
		assertThat(output).contains("""
				Description:

				%s.on(String) cannot be called for messages: there is no TCP server or client or receiver \
				'clok' (did you mean 'clock'?); there is clock, echo.

				Action:

				Change the method, or the endpoint that its @SocketListener names. For an endpoint that is made while \
				the application runs, say @SocketListener(value = ..., optional = true).
				""".formatted(Mistyped.class.getName())).doesNotContain("\tat dev.sockets");
	}

	@Test
	void whenTheNameInAListenerStandsForNothingThenFailureSaysWhatToSet(CapturedOutput output) {
		assertStartFails("sockets.tcp.server.echo.port: 0", PropertyPlaceholderAutoConfiguration.class,
				Unresolved.class);
		assertThat(output).contains(Unresolved.class.getName() + ".on(String) cannot be called for messages: ")
			.contains(
					"Action:\n\nSet the property 'no.endpoint', or write ${no.endpoint:...} with what to take otherwise.");
	}

	@Test
	void whenServerAndClientHaveOneNameThenFailureNamesBoth(CapturedOutput output) {
		assertStartFails("""
				sockets.tcp:
				  server.echo.port: 0
				  client.echo.port: 1
				""");
		assertThat(output).contains("""
				Description:

				'sockets.tcp.server.echo' and 'sockets.tcp.client.echo' have the same name""")
			.contains("Rename 'sockets.tcp.server.echo' or 'sockets.tcp.client.echo'.");
	}

	@Test
	void whenUserHasBeanOfThatNameThenFailureNamesEntryAndBean(CapturedOutput output) {
		assertStartFails("sockets.tcp.server.taken.port: 0");
		assertThat(output)
			.contains("'sockets.tcp.server.taken' cannot be a bean called 'taken': there is a bean of that name, a "
					+ "java.lang.String, defined in " + Application.class.getName() + ".")
			.contains("Rename 'sockets.tcp.server.taken', also where annotations or code name it, or the other bean, "
					+ "also where a framing, codec or the like names it.");
	}

	@Test
	void whenAFramingHasTheNameOfItsEndpointThenFailureSaysSo(CapturedOutput output) {
		assertThatException().isThrownBy(() -> new SpringApplicationBuilder(Application.class)
			.properties("spring.main.allow-bean-definition-overriding=true")
			.web(WebApplicationType.NONE)
			.initializers(Yaml.of("sockets.tcp.server.taken: {port: 0, framing: taken}"))
			.run());
		assertThat(output).contains("'sockets.tcp.server.taken.framing' has the invalid value 'taken'")
			.contains("; the bean 'taken' is a dev.sockets.tcp.TcpServer.");
	}

	@Test
	void whenKeyIsMisspelledThenFailureNamesItAndWhatWasMeant(CapturedOutput output) {
		assertStartFails("""
				sockets.tcp.server:
				  echo:
				    prot: 0
				""");
		assertThat(output).contains("""
				Description:

				The property 'sockets.tcp.server.echo.prot', set in Byte array resource [application.yml] - 3:11, \
				is unknown; did you mean 'port'?

				Action:

				Below 'sockets.tcp.server.echo' these keys are known: acknowledge, allow, allow-plain-credentials,""");
	}

	@ParameterizedTest
	@ValueSource(classes = { InvalidSettingFailureAnalyzer.class, UnfitValueFailureAnalyzer.class,
			UnknownKeyFailureAnalyzer.class })
	void whenSpringBootAnalyzesAFailureTooThenOursComesFirst(Class<?> analyzer) {
		assertThat(OrderUtils.getOrder(analyzer)).isEqualTo(Ordered.HIGHEST_PRECEDENCE);
	}

	@Test
	void whenKeyOfAnotherLibraryIsMisspelledThenFailureIsThatOfBoot() {
		UnboundConfigurationPropertiesException failure = new UnboundConfigurationPropertiesException(
				Set.of(new ConfigurationProperty(ConfigurationPropertyName.of("other.prot"), 1, null)));
		assertThat(new UnknownKeyFailureAnalyzer(new StandardEnvironment()).analyze(failure)).isNull();
	}

	@Test
	void whenRedisIsToBeTheBrokerAndLettuceIsMissingThenFailureNamesTheStarter(CapturedOutput output) {
		ResourceLoader without = new DefaultResourceLoader(new FilteredClassLoader("io.lettuce"));
		assertThatException().isThrownBy(
				() -> new SpringApplicationBuilder(Application.class).sources(SocketsRedisAutoConfiguration.class)
					.resourceLoader(without)
					.web(WebApplicationType.NONE)
					.initializers(Yaml.of("sockets.backplane.type: redis"))
					.run());
		assertThat(output).contains(
				"""
						'sockets.backplane.type: redis' needs the class io.lettuce.core.RedisClient, which is not on the class path.

						Action:

						Add the dependency 'org.springframework.boot:spring-boot-starter-data-redis', or""");
	}

	@Test
	void whenTheUrlOfRedisIsWrongThenFailureShowsOneAndNotThePassword(CapturedOutput output) {
		for (String url : List.of("localhost:6379", "redis://", "http://me:s3cret@h", "redis://me:s3cret@h:x")) {
			assertStartFails("""
					sockets.backplane: {type: redis, prefix: shop, redis.url: '%s'}
					""".formatted(url), SocketsRedisAutoConfiguration.class);
		}
		assertThat(StringUtils.countOccurrencesOf(output.getAll(),
				"'sockets.backplane.redis.url' must be like redis://user:password@host:6379"))
			.isEqualTo(4);
		assertThat(output).contains("'sockets.backplane.redis.url' has the invalid value '******', set in Byte array")
			.doesNotContain("s3cret");
	}

	@Test
	void whenNothingSeparatesApplicationsOnOneBrokerThenFailureSaysWhatDoes(CapturedOutput output) {
		assertStartFails("sockets.backplane: {type: redis, redis.url: 'redis://localhost'}",
				SocketsRedisAutoConfiguration.class);
		assertThat(output).contains("'sockets.backplane.prefix' is not set.")
			.contains("'sockets.backplane.prefix' must be set, or spring.application.name, as it separates");
	}

	@Test
	void whenTheBackplaneHasNoSuchTypeThenFailureSaysWhichThereAre(CapturedOutput output) {
		assertStartFails("sockets.backplane.type: rabbit");
		assertThat(output).contains("'sockets.backplane.type' has the invalid value 'rabbit'")
			.contains("none, redis, channel");
	}

	@Test
	@EnabledForJreRange(max = JRE.JAVA_21)
	void whenTheNativeEngineCannotBeThenFailureSaysWhyAndWhatToDo(CapturedOutput output) {
		assertThatException()
			.isThrownBy(() -> new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
				.run("--sockets.engine=native", "--sockets.tcp.server.echo.port=0"));
		assertThat(output).contains("""
				Description:

				The native engine does not work here: this is Java %d. 'sockets.engine' is set in \
				"sockets.engine" from property source "commandLineArgs".

				Action:

				Run on Java 22 or newer; or set 'sockets.engine' to 'nio', or to 'auto', which takes the native engine \
				only where it works.""".formatted(Runtime.version().feature()));
	}

	private static void assertStartFails(String yaml, Class<?>... more) {
		assertThatException().isThrownBy(() -> new SpringApplicationBuilder(Application.class).sources(more)
			.web(WebApplicationType.NONE)
			.initializers(Yaml.of(yaml))
			.run());
	}

	@Configuration(proxyBeanMethods = false)
	static class Application extends EchoConfiguration {

		@Bean
		String taken() {
			return "";
		}

	}

	static class Unrouted {

		@SocketMapping(endpoint = "echo", value = "LOGIN")
		void login() {
		}

	}

	static class Twin {

		@SocketMapping(endpoint = "echo", value = "LOGIN")
		void login() {
		}

	}

	static class Mistyped {

		@SocketListener("clok")
		void on(String line) {
		}

	}

	static class Unresolved {

		@SocketListener("${no.endpoint}")
		void on(String line) {
		}

	}

	static class Lost {

		@SocketMapping(endpoint = "elsewhere", opcode = 1)
		void answer() {
		}

	}

}
