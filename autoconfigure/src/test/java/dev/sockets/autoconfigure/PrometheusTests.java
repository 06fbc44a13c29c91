package dev.sockets.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.metrics.BackplaneMeter;
import dev.sockets.metrics.SocketMeter;
import dev.sockets.registry.SocketEndpoints;
import dev.sockets.tcp.Reconnect;
import dev.sockets.tcp.TcpClient;
import dev.sockets.tcp.TcpClientSettings;
import dev.sockets.tcp.TcpServer;
import dev.sockets.testkit.Patience;
import dev.sockets.testkit.TestTls;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Prometheus scrapes from a running application after traffic, and the dashboard
 * that shows it.
 */
class PrometheusTests {

	private static final Pattern METRIC = Pattern.compile("\\bsockets_[a-z_]+");

	private static ActuatorApplication application;

	private static String scraped;

	private static Map<String, Object> dashboard;

	@BeforeAll
	static void scrapeAfterTraffic() throws IOException {
		application = ActuatorApplication.onNode("sockets.tcp.server.echo.port=0", "spring.application.name=shop",
				"sockets.tcp.server.echo.inbox.capacity=100", "sockets.multicast.receiver.news.port=7777",
				"sockets.multicast.receiver.news.groups=239.1.2.3",
				"sockets.multicast.receiver.news.auto-startup=false", "sockets.tcp.server.safe.port=0",
				"sockets.tcp.server.safe.ssl.bundle=station",
				"spring.ssl.bundle.pem.station.keystore.certificate=" + TestTls.file("server.pem").toUri(),
				"spring.ssl.bundle.pem.station.keystore.private-key=" + TestTls.file("server.key").toUri());
		SocketEndpoints endpoints = application.endpoints();
		TcpServer echo = (TcpServer) endpoints.get("echo").orElseThrow();
		TcpClient client = endpoints.registerClient(TcpClientSettings.builder("client")
			.port(echo.getLocalAddress().getPort())
			.connection((connection) -> connection.requestTimeout(Patience.SOON))
			.reconnect(new Reconnect(true, Duration.ofMillis(20), 1, Duration.ofMillis(20), 0, 0))
			.build());
		Awaitility.await().until(client::isConnected);
		assertThat(client.<String>request("hello")).isEqualTo("echo hello");
		client.reconnect();
		Awaitility.await().until(() -> echo.statistics().connections().closed().get("REMOTE") == 1);
		Awaitility.await().until(() -> echo.statistics().connections().open() == 1);
		Awaitility.await().until(() -> client.statistics().connections().open() == 1);
		scraped = application.get("prometheus").body();
		dashboard = JsonPath.parse(Files.readString(Path.of("../grafana/sockets.json"))).json();
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@ParameterizedTest
	@EnumSource(SocketMeter.class)
	void whenScrapedThenMeterIsThere(SocketMeter meter) {
		assertThat(names(meter)).isNotEmpty()
			.allSatisfy((name) -> assertThat(scraped.lines()).anyMatch((line) -> line.startsWith(name + "{")));
	}

	@ParameterizedTest
	@EnumSource(BackplaneMeter.class)
	void whenScrapedThenMeterOfTheBackplaneIsThere(BackplaneMeter meter) {
		assertThat(names(meter)).isNotEmpty()
			.allSatisfy((name) -> assertThat(scraped.lines()).anyMatch((line) -> line.startsWith(name + " ")
					|| (meter.tag() != null && line.startsWith(name + "{" + meter.tag() + "="))));
	}

	@Test
	void whenScrapedThenValuesAreThoseOfTheTraffic() {
		assertValue("sockets_connections_active", "TCP_SERVER", "echo", "", 1);
		assertValue("sockets_connections_opened_total", "TCP_SERVER", "echo", "", 2);
		assertValue("sockets_connections_closed_total", "TCP_SERVER", "echo", ",reason=\"REMOTE\"", 1);
		assertValue("sockets_messages_received_total", "TCP_SERVER", "echo", "", 1);
		assertValue("sockets_messages_sent_total", "TCP_CLIENT", "client", "", 1);
		assertValue("sockets_bytes_sent_total", "TCP_CLIENT", "client", "", 6);
		assertValue("sockets_handler_seconds_count", "TCP_SERVER", "echo", "", 1);
		assertValue("sockets_requests_seconds_count", "TCP_CLIENT", "client", ",outcome=\"SUCCESS\"", 1);
		assertValue("sockets_reconnects_total", "TCP_CLIENT", "client", "", 1);
		assertValue("sockets_datagrams_dropped_total", "MULTICAST_RECEIVER", "news", ",reason=\"QUEUE_FULL\"", 0);
	}

	@Test
	void whenDashboardQueriesThenMetersExist() {
		Set<String> existing = new TreeSet<>();
		scraped.lines()
			.forEach((line) -> METRIC.matcher(line).results().map(MatchResult::group).forEach(existing::add));
		assertThat(queries()).isNotEmpty()
			.allSatisfy((query) -> assertThat(metrics(query)).as(query).isNotEmpty().isSubsetOf(existing));
	}

	@Test
	void whenMeterExistsThenDashboardShowsIt() {
		Set<String> shown = queries().stream().flatMap((query) -> metrics(query).stream()).collect(Collectors.toSet());
		assertThat(Arrays.stream(SocketMeter.values()).flatMap((meter) -> names(meter).stream())).isSubsetOf(shown);
		assertThat(Arrays.stream(BackplaneMeter.values()).flatMap((meter) -> names(meter).stream())).isSubsetOf(shown);
	}

	@Test
	void whenDashboardSelectsThenByTagsThatMetersHave() {
		Pattern label = Pattern.compile("(?:by \\(|\\{)([^)}]+)[)}]");
		Set<String> labels = queries().stream()
			.flatMap((query) -> label.matcher(query).results())
			.flatMap((match) -> Arrays.stream(match.group(1).split(",")))
			.map((selector) -> selector.replaceFirst("[=~!].*", "").strip())
			.collect(Collectors.toSet());
		assertThat(labels).isSubsetOf(Stream
			.of(Stream.of("name", "kind"), Arrays.stream(SocketMeter.values()).map(SocketMeter::tag),
					Arrays.stream(BackplaneMeter.values()).map(BackplaneMeter::tag))
			.flatMap((tags) -> tags)
			.collect(Collectors.toSet()));
	}

	private static List<String> names(SocketMeter meter) {
		String name = meter.meterName().replace('.', '_');
		return switch (meter.type()) {
			case GAUGE -> List.of(name + unit(meter));
			case COUNTER -> List.of(name + "_total");
			case TIMER -> List.of(name + "_seconds_count", name + "_seconds_sum");
		};
	}

	private static List<String> names(BackplaneMeter meter) {
		String name = meter.meterName().replace('.', '_');
		return switch (meter.type()) {
			case GAUGE -> List.of(switch (meter) {
				case PENDING -> name + "_bytes";
				case LAG -> name + "_seconds";
				default -> name;
			});
			case COUNTER -> List.of(name + "_total");
			case TIMER -> List.of(name + "_seconds_count", name + "_seconds_sum");
		};
	}

	private static String unit(SocketMeter meter) {
		return switch (meter) {
			case OUTBOUND_PENDING -> "_bytes";
			case CERTIFICATE_EXPIRY -> "_seconds";
			default -> "";
		};
	}

	private static void assertValue(String metric, String kind, String name, String more, double value) {
		String line = scraped.lines()
			.filter((candidate) -> candidate
				.startsWith(metric + "{kind=\"" + kind + "\",name=\"" + name + "\"" + more + "}"))
			.findFirst()
			.orElseThrow(() -> new AssertionError(metric + " of " + name + " in " + scraped));
		assertThat(Double.parseDouble(line.substring(line.lastIndexOf(' ')))).as(line).isEqualTo(value);
	}

	private static List<String> queries() {
		List<String> expressions = JsonPath.read(dashboard, "$.panels[*].targets[*].expr");
		List<String> variables = JsonPath.read(dashboard, "$.templating.list[*].query.query");
		return Stream.concat(expressions.stream(), variables.stream()).toList();
	}

	private static Set<String> metrics(String query) {
		return METRIC.matcher(query).results().map(MatchResult::group).collect(Collectors.toSet());
	}

}
