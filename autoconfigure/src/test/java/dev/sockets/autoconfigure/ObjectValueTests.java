package dev.sockets.autoconfigure;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.unit.DataSize;

import dev.sockets.UnixSocketAddress;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerCustomizer;
import dev.sockets.tcp.TcpServerSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Values that code puts into the environment, such as a test by
 * {@code @DynamicPropertySource}: objects in place of their text.
 */
@ExtendWith(OutputCaptureExtension.class)
class ObjectValueTests {

	private static final String ECHO = "sockets.tcp.server.echo.";

	private final Map<String, TcpServerSettings> settings = new HashMap<>();

	@Test
	@EnabledOnOs({ OS.LINUX, OS.MAC })
	void whenAPathIsAPathThenTheServerListensThere(@TempDir Path folder) {
		Path path = folder.resolve("a,b.sock");
		for (Object given : List.of(path, path.toFile())) {
			try (ConfigurableApplicationContext context = start(Map.of(ECHO + "path", given))) {
				assertThat(context.getBean(TcpServer.class).getLocalAddress()).isInstanceOfSatisfying(
						UnixSocketAddress.class, (address) -> assertThat(address.getPath()).isEqualTo(path));
			}
		}
	}

	@Test
	void whenClassesAndAddressesAreGivenThenTheyAreTaken() {
		start(Map.of(ECHO + "port", 0, ECHO + "profile", "json", ECHO + "payload-type", UUID[].class, ECHO + "host",
				InetAddress.getLoopbackAddress(), ECHO + "password", "s,3".toCharArray(), ECHO + "idle-timeout",
				Duration.ofSeconds(70)))
			.close();
		TcpServerSettings settings = this.settings.get("echo");
		assertThat(settings.host()).isEqualTo(InetAddress.getLoopbackAddress().getHostAddress());
		assertThat(settings.connection().timeouts().idle()).isEqualTo(Duration.ofSeconds(70));
	}

	@Test
	void whenAListHasClassesThenTheyAreTaken() {
		for (Object classes : List.of(UUID.class, List.of(UUID.class, "java.time.*"),
				new Class<?>[] { Instant.class })) {
			start(Map.of(ECHO + "port", 0, ECHO + "framing", "length4", ECHO + "codec", "object",
					ECHO + "allowed-classes", classes))
				.close();
		}
		assertThat(this.settings).containsKey("echo");
	}

	@Test
	void whenAnObjectIsNoTextThenTheFailureSaysWhich(CapturedOutput output) {
		assertThatException().isThrownBy(() -> start(Map.of(ECHO + "port", 0, ECHO + "host", new Object())));
		assertThat(output).contains("'sockets.tcp.server.echo.host' has the invalid value 'java.lang.Object@")
			.contains("'sockets.tcp.server.echo.host' must be text, not an object of the class java.lang.Object.")
			.doesNotContain("ConverterNotFoundException");
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			idle-timeout, '70s '
			idle-timeout, '	70s	'
			idle-timeout, ' PT70S '
			""")
	void whenAValueHasBlanksAroundThenItIsTaken(String key, String value) {
		start(Map.of(ECHO + "port", " 0 ", ECHO + key, value, ECHO + "max-frame-size", "2KB  ", ECHO + "charset",
				"UTF-8 ", ECHO + "when-full", "wait ", ECHO + "mdc", "true "))
			.close();
		TcpServerSettings settings = this.settings.get("echo");
		assertThat(settings.connection().timeouts().idle()).isEqualTo(Duration.ofSeconds(70));
		assertThat(settings.connection().maxFrameSize()).isEqualTo((int) DataSize.ofKilobytes(2).toBytes());
	}

	@Test
	void whenADurationHasBlanksAndNoUnitThenTheLogAsksForIt(CapturedOutput output) {
		start(Map.of(ECHO + "port", 0, ECHO + "idle-timeout", "70 ")).close();
		assertThat(output)
			.contains("'sockets.tcp.server.echo.idle-timeout' is 70 without a unit, which is milliseconds");
	}

	@Test
	void whenThereAreBlanksWithinOrNothingElseThenItIsRefused(CapturedOutput output) {
		for (String value : List.of(" 7 0s ", "  ")) {
			assertThatException().isThrownBy(() -> start(Map.of(ECHO + "port", 0, ECHO + "idle-timeout", value)));
			assertThat(output).contains("'sockets.tcp.server.echo.idle-timeout' has the invalid value '" + value + "'");
		}
	}

	private ConfigurableApplicationContext start(Map<String, Object> values) {
		return new SpringApplicationBuilder(EchoConfiguration.class).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.initializers(
					(context) -> context.getEnvironment()
						.getPropertySources()
						.addFirst(new MapPropertySource("code", values)),
					(context) -> ((GenericApplicationContext) context).registerBean(TcpServerCustomizer.class,
							() -> (name, server) -> this.settings.put(name, server.build())))
			.run();
	}

}
