package dev.sockets.annotation;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.EventListener;
import org.springframework.core.ResolvableType;

import dev.sockets.autoconfigure.SocketsAutoConfiguration;
import dev.sockets.codec.Codec;
import dev.sockets.codec.Codecs;
import dev.sockets.event.MessageReceivedEvent;
import dev.sockets.tcp.TcpServer;
import dev.sockets.udp.UdpReceiver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Methods that take decimal numbers, and peers that send more digits than a
 * {@code double} has, wherever nothing says what the codec is to decode to.
 */
class ExactListenerTests {

	private static final String DIGITS = "12345678901234567890.123456789012345670";

	private static final double ROUNDED = Double.parseDouble(DIGITS);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SocketsAutoConfiguration.class));

	static Stream<Class<?>> listeners() {
		return Stream.of(OfDecimal.class, OfOptional.class, OfEvent.class, OfRecord.class, OfList.class, OfMap.class,
				OfRecords.class, OfInteger.class);
	}

	@ParameterizedTest
	@MethodSource("listeners")
	void whenAMethodOfAServerTakesDecimalNumbersThenItGetsAllDigits(Class<?> listener) {
		ask(listener);
	}

	@ParameterizedTest
	@MethodSource("listeners")
	void whenNothingIsInferredThenItGetsAllDigitsToo(Class<?> listener) {
		ask(listener, "payload-type=java.lang.Object");
		ask(listener, "route-by=json:/type");
		ask(listener, "dispatch=thread", "payload-type=java.lang.Object");
	}

	@ParameterizedTest
	@ValueSource(classes = { OfRecord.class, OfMap.class })
	void whenPayloadsAreMapsThenItGetsAllDigitsToo(Class<?> listener) {
		ask(listener, "payload-type=java.util.Map");
	}

	@Test
	void whenAMethodTakesMessagesOfARouteThenItGetsAllDigits() {
		ask(Routed.class, "route-by=json:/type");
	}

	@ParameterizedTest
	@MethodSource("listeners")
	void whenAMethodOfAClientTakesDecimalNumbersThenItGetsAllDigits(Class<?> listener) throws IOException {
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			this.runner.withBean(listener)
				.withPropertyValues("sockets.tcp.client.desk.host=127.0.0.1",
						"sockets.tcp.client.desk.port=" + server.getLocalPort(), "sockets.tcp.client.desk.codec=json")
				.run((context) -> {
					try (LinePeer peer = new LinePeer(server.accept())) {
						assertThat(peer.ask(message(listener))).isEqualTo(answer(listener));
					}
				});
		}
	}

	@ParameterizedTest
	@MethodSource("listeners")
	void whenAMethodOfAReceiverTakesDecimalNumbersThenItGetsAllDigits(Class<?> listener) {
		for (String type : List.of("", "java.lang.Object")) {
			this.runner.withBean(listener)
				.withPropertyValues("sockets.udp.receiver.desk.port=0", "sockets.udp.receiver.desk.codec=json",
						(type.isEmpty() ? "x" : "sockets.udp.receiver.desk.payload-type") + "=" + type)
				.run((context) -> {
					InetSocketAddress receiver = context.getBean(UdpReceiver.class).getLocalAddress();
					assertThat(ask(receiver, message(listener))).isEqualTo(answer(listener));
				});
		}
	}

	@Test
	void whenOthersTakeTheSameMessageThenTheyGetWhatTheyGotBefore() {
		this.runner.withBean(OfRecord.class)
			.withBean(Watcher.class)
			.withPropertyValues("sockets.tcp.server.desk.port=0", "sockets.tcp.server.desk.codec=json",
					"sockets.tcp.server.desk.payload-type=java.lang.Object")
			.run((context) -> {
				assertThat(LinePeer.ask(context.getBean(TcpServer.class), message(OfRecord.class)))
					.isEqualTo(answer(OfRecord.class));
				Watcher watcher = context.getBean(Watcher.class);
				Awaitility.await().until(() -> watcher.heard.get() != null);
				assertThat(watcher.heard.get()).isEqualTo(Map.of("amount", ROUNDED, "type", "x"))
					.isInstanceOf(LinkedHashMap.class);
				assertThat(watcher.map.get()).isEqualTo(Map.of("amount", ROUNDED, "type", "x"));
			});
	}

	@Test
	void whenNobodyWantsMoreThenTheCodecKeepsNothing() throws Exception {
		Codec codec = Codecs.json();
		assertThat(decode(codec, "{\"a\":0.5}")).isExactlyInstanceOf(LinkedHashMap.class);
		codec.expectConversion(ResolvableType.forClass(Price.class));
		assertThat(decode(codec, "{\"a\":0.5}")).isEqualTo(Map.of("a", 0.5)).isInstanceOf(LinkedHashMap.class);
		assertThat(decode(codec, "[0.5]")).isEqualTo(List.of(0.5)).isInstanceOf(ArrayList.class);
		assertThat(decode(codec, DIGITS)).isEqualTo(ROUNDED);
		codec.expectConversion(ResolvableType.forClass(BigDecimal.class));
		assertThat(decode(codec, "0.5")).isEqualTo(0.5);
		assertThat(decode(codec, DIGITS)).isEqualTo(new BigDecimal(DIGITS));
	}

	@Test
	void whenTheCodecIsCborThenConversionLosesNoDigits() throws Exception {
		Codec codec = Codecs.cbor();
		for (Object number : List.of(new BigDecimal(DIGITS), 0.1, new BigDecimal("1.10"))) {
			byte[] frame = codec.encode(Map.of("amount", number, "type", "x"));
			Object decoded = codec.decode(frame, 0, frame.length);
			assertThat(decoded).isNotNull();
			assertThat(codec.convert(decoded, ResolvableType.forClass(Price.class)))
				.isEqualTo(new Price(new BigDecimal(number.toString()), "x"));
		}
	}

	private void ask(Class<?> listener, String... keys) {
		this.runner.withBean(listener)
			.withPropertyValues("sockets.tcp.server.desk.port=0", "sockets.tcp.server.desk.codec=json")
			.withPropertyValues(Stream.of(keys).map("sockets.tcp.server.desk."::concat).toArray(String[]::new))
			.run((context) -> assertThat(LinePeer.ask(context.getBean(TcpServer.class), message(listener)))
				.isEqualTo(answer(listener)));
	}

	private static String ask(InetSocketAddress receiver, String message) throws IOException {
		try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
			socket.setSoTimeout(30_000);
			byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
			socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), receiver.getPort()));
			DatagramPacket answer = new DatagramPacket(new byte[500], 500);
			socket.receive(answer);
			return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8);
		}
	}

	private static String message(Class<?> listener) {
		String price = "{\"amount\":" + DIGITS + ",\"type\":\"x\"}";
		if (listener == OfRecord.class || listener == Routed.class) {
			return price;
		}
		if (listener == OfMap.class) {
			return "{\"a\":" + DIGITS + "}";
		}
		if (listener == OfInteger.class) {
			return "123456789012345678901234567890.0";
		}
		return (listener == OfList.class) ? "[" + DIGITS + "]"
				: (listener == OfRecords.class) ? "[" + price + "]" : DIGITS;
	}

	private static String answer(Class<?> listener) {
		return (listener == OfInteger.class) ? "\"123456789012345678901234567890\"" : "\"" + DIGITS + "\"";
	}

	private static Object decode(Codec codec, String json) throws Exception {
		byte[] frame = json.getBytes(StandardCharsets.UTF_8);
		return codec.decode(frame, 0, frame.length);
	}

	record Price(BigDecimal amount, String type) {
	}

	static class OfDecimal {

		@SocketListener("desk")
		String on(BigDecimal amount) {
			return amount.toPlainString();
		}

	}

	static class OfInteger {

		@SocketListener("desk")
		String on(BigInteger number) {
			return number.toString();
		}

	}

	static class OfOptional {

		@SocketListener("desk")
		String on(Optional<BigDecimal> amount) {
			return amount.map(BigDecimal::toPlainString).orElse("none");
		}

	}

	static class OfEvent {

		@SocketListener("desk")
		String on(MessageReceivedEvent<BigDecimal> event) {
			return event.getPayload().toPlainString();
		}

	}

	static class OfRecord {

		@SocketListener("desk")
		String on(Price price) {
			return price.amount().toPlainString();
		}

	}

	static class OfRecords {

		@SocketListener("desk")
		String on(List<Price> prices) {
			return prices.stream().map(Price::amount).map(BigDecimal::toPlainString).collect(Collectors.joining());
		}

	}

	static class OfList {

		@SocketListener("desk")
		String on(List<BigDecimal> amounts) {
			return amounts.stream().map(BigDecimal::toPlainString).collect(Collectors.joining());
		}

	}

	static class OfMap {

		@SocketListener("desk")
		String on(Map<String, BigDecimal> amounts) {
			return amounts.values().stream().map(BigDecimal::toPlainString).collect(Collectors.joining());
		}

	}

	static class Routed {

		@SocketMapping(endpoint = "desk", value = "x")
		String on(Price price) {
			return price.amount().toPlainString();
		}

	}

	static class Watcher {

		private final AtomicReference<Object> heard = new AtomicReference<>();

		private final AtomicReference<Object> map = new AtomicReference<>();

		@SocketListener("desk")
		void take(Map<String, Object> map) {
			this.map.set(map);
		}

		@EventListener
		void on(MessageReceivedEvent<Map<String, Object>> event) {
			this.heard.set(event.getPayload());
		}

	}

}
