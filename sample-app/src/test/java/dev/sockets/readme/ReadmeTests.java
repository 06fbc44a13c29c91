package dev.sockets.readme;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.sockets.EventKind;
import dev.sockets.SocketErrorCode;
import dev.sockets.autoconfigure.SocketsAutoConfiguration;
import dev.sockets.event.DisconnectReason;
import dev.sockets.event.NodeLeftReason;
import dev.sockets.event.RejectionReason;
import dev.sockets.event.SocketEvent;
import dev.sockets.metrics.BackplaneMeter;
import dev.sockets.metrics.SocketMeter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tables of the documentation say what there is: all of it, and no more.
 */
class ReadmeTests {

	private static final String SERVER = "sockets.tcp.server-defaults.";

	private static final String CLIENT = "sockets.tcp.client-defaults.";

	private static final String RECEIVER = "sockets.multicast.receiver-defaults.";

	private static final String SENDER = "sockets.multicast.sender-defaults.";

	private static final String UDP_RECEIVER = "sockets.udp.receiver-defaults.";

	private static final String UDP_SENDER = "sockets.udp.sender-defaults.";

	private final Map<String, Object> metadata = metadata();

	@Test
	void whenPropertyOfEntryIsInTableThenMetadataHaveItWithThatDefault() {
		Map<String, String> shown = new TreeMap<>();
		Page.of("configuration").table("Of a server or client").forEach((row) -> {
			String scope = row.cell(1);
			assertThat(scope).isIn("both", "server", "client");
			if (!scope.equals("client")) {
				shown.put(SERVER + row.code(0), row.code(2));
			}
			if (!scope.equals("server")) {
				shown.put(CLIENT + row.code(0), row.code(2));
			}
		});
		Map<String, String> existing = new TreeMap<>(defaults());
		existing.keySet().removeIf((name) -> !name.startsWith(SERVER) && !name.startsWith(CLIENT));
		assertThat(shown).isEqualTo(existing);
	}

	@Test
	void whenPropertyOfMulticastIsInTableThenMetadataHaveItWithThatDefault() {
		assertTableOfDatagrams("Of a multicast receiver or sender", RECEIVER, SENDER);
	}

	@Test
	void whenPropertyOfUdpIsInTableThenMetadataHaveItWithThatDefault() {
		assertTableOfDatagrams("Of a UDP receiver or sender", UDP_RECEIVER, UDP_SENDER);
	}

	private void assertTableOfDatagrams(String heading, String receiver, String sender) {
		Map<String, String> shown = new TreeMap<>();
		Page.of("configuration").table(heading).forEach((row) -> {
			String scope = row.cell(1);
			assertThat(scope).isIn("both", "receiver", "sender");
			if (!scope.equals("sender")) {
				shown.put(receiver + row.code(0), row.code(2));
			}
			if (!scope.equals("receiver")) {
				shown.put(sender + row.code(0), row.code(2));
			}
		});
		Map<String, String> existing = new TreeMap<>(defaults());
		existing.keySet().removeIf((name) -> !name.startsWith(receiver) && !name.startsWith(sender));
		assertThat(shown).isEqualTo(existing);
	}

	@Test
	void whenPropertyOfAllIsInTableThenMetadataHaveItWithThatDefault() {
		Map<String, String> shown = new TreeMap<>();
		Page.of("configuration").table("Of all together").forEach((row) -> shown.put(row.code(0), row.code(1)));
		Map<String, String> existing = new TreeMap<>(defaults());
		existing.keySet()
			.removeIf((name) -> name.startsWith("sockets.tcp.") || name.startsWith("sockets.multicast.")
					|| name.startsWith("sockets.udp.") || name.startsWith("sockets.backplane.")
					|| name.startsWith("management."));
		assertThat(shown).isEqualTo(existing);
	}

	@Test
	void whenPropertyOfSeveralNodesIsInTableThenMetadataHaveItWithThatDefault() {
		Map<String, String> shown = new TreeMap<>();
		Page.of("configuration").table("Of several nodes").forEach((row) -> shown.put(row.code(0), row.code(1)));
		Map<String, String> existing = new TreeMap<>(defaults());
		existing.keySet().removeIf((name) -> !name.startsWith("sockets.backplane."));
		assertThat(shown).isEqualTo(existing);
	}

	@Test
	void whenPropertyOfActuatorIsInTableThenMetadataHaveItWithThatDefault() {
		Map<String, String> shown = new TreeMap<>();
		Page.of("configuration").table("Of Actuator").forEach((row) -> shown.put(row.code(0), row.code(1)));
		Map<String, String> existing = new TreeMap<>(defaults());
		existing.keySet().removeIf((name) -> !name.startsWith("management."));
		assertThat(shown).isEqualTo(existing);
	}

	@Test
	void whenFramingCodecOrProfileIsInTableThenItIsBuiltIn() {
		assertThat(codes("framings", "Framings")).containsExactlyElementsOf(hints("framing"));
		assertThat(codes("codecs", "Codecs")).containsExactlyElementsOf(hints("codec"));
		assertThat(codes("profiles", "Profiles")).containsExactlyElementsOf(hints("profile"));
	}

	@Test
	void whenEventIsInTableThenItIsClass() {
		assertThat(codes("events", "Events"))
			.containsExactlyInAnyOrderElementsOf(events(SocketEvent.class).map(Class::getSimpleName).toList());
		assertThat(Page.of("events").table("Events").stream().map((row) -> row.code(1)))
			.containsExactlyInAnyOrderElementsOf(Arrays.stream(EventKind.values())
				.map((kind) -> kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))
				.toList());
	}

	@Test
	void whenMeterIsInTableThenItIsBoundWithThatTypeAndTag() {
		assertThat(Page.of("actuator")
			.table("Meters")
			.stream()
			.map((row) -> row.code(0) + " " + row.cell(1) + " " + row.code(2)))
			.containsExactlyInAnyOrderElementsOf(Arrays.stream(SocketMeter.values())
				.map((meter) -> meter.meterName() + " " + meter.type().name().toLowerCase(Locale.ROOT) + " "
						+ ((meter.tag() != null) ? meter.tag() : ""))
				.toList());
	}

	@Test
	void whenMeterOfTheBackplaneIsInTableThenItIsBoundWithThatTypeAndTag() {
		assertThat(Page.of("scale-out")
			.table("Meters")
			.stream()
			.map((row) -> row.code(0) + " " + row.cell(1) + " " + row.code(2)))
			.containsExactlyElementsOf(Arrays.stream(BackplaneMeter.values())
				.map((meter) -> meter.meterName() + " " + meter.type().name().toLowerCase(Locale.ROOT) + " "
						+ ((meter.tag() != null) ? meter.tag() : ""))
				.toList());
	}

	@Test
	void whenReasonIsInTableThenItIsConstant() {
		assertThat(codes("events", "Why a connection was closed"))
			.containsExactlyElementsOf(names(DisconnectReason.values()));
		assertThat(codes("events", "Why a connection was turned away"))
			.containsExactlyElementsOf(names(RejectionReason.values()));
		assertThat(codes("events", "Why another node has gone"))
			.containsExactlyElementsOf(names(NodeLeftReason.values()));
	}

	@Test
	void whenErrorCodeIsInTableThenItIsConstantOfThatNumber() {
		Map<String, String> existing = new LinkedHashMap<>();
		for (SocketErrorCode code : SocketErrorCode.values()) {
			existing.put(code.name(), String.valueOf(code.value()));
		}
		Map<String, String> shown = new LinkedHashMap<>();
		Page.of("error-codes").table("Error codes").forEach((row) -> shown.put(row.code(0), row.cell(1)));
		assertThat(shown).isEqualTo(existing);
	}

	private static List<String> codes(String page, String heading) {
		return Page.of(page).table(heading).stream().map((row) -> row.code(0)).toList();
	}

	private static List<String> names(Enum<?>[] constants) {
		return Arrays.stream(constants).map(Enum::name).toList();
	}

	private static Stream<Class<?>> events(Class<?> type) {
		Class<?>[] permitted = type.getPermittedSubclasses();
		return (permitted != null) ? Arrays.stream(permitted).flatMap(ReadmeTests::events) : Stream.of(type);
	}

	private List<String> hints(String key) {
		List<String> values = JsonPath.read(this.metadata,
				"$.hints[?(@.name == '" + SERVER + key + "')].values..value");
		assertThat(values).isNotEmpty();
		return values;
	}

	/**
	 * Returns the default of each property; an empty text when it has none.
	 */
	private Map<String, String> defaults() {
		List<Map<String, Object>> properties = JsonPath.read(this.metadata, "$.properties");
		Map<String, String> result = new TreeMap<>();
		properties.forEach((property) -> result.put((String) property.get("name"), text(property.get("defaultValue"))));
		return result;
	}

	private static String text(@Nullable Object value) {
		if (value instanceof List<?> values) {
			return String.join(", ", values.stream().map(String::valueOf).toList());
		}
		return (value != null) ? value.toString() : "";
	}

	private static Map<String, Object> metadata() {
		try (InputStream stream = SocketsAutoConfiguration.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			return JsonPath.parse(stream).json();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
