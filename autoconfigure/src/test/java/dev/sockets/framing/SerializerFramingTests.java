package dev.sockets.framing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.core.serializer.DefaultDeserializer;
import org.springframework.core.serializer.DefaultSerializer;
import org.springframework.core.serializer.Deserializer;
import org.springframework.core.serializer.Serializer;
import org.springframework.integration.ip.tcp.serializer.ByteArrayCrLfSerializer;
import org.springframework.integration.ip.tcp.serializer.ByteArrayLengthHeaderSerializer;
import org.springframework.integration.ip.tcp.serializer.ByteArrayRawSerializer;
import org.springframework.integration.ip.tcp.serializer.ByteArrayStxEtxSerializer;

import static dev.sockets.framing.FramingFaults.assertMalformed;
import static dev.sockets.framing.FramingFaults.assertTooLarge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Framings#ofSerializer(Serializer, Deserializer)}.
 */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SerializerFramingTests {

	private static final Serializer<byte[]> AS_IT_IS = (payload, output) -> output.write(payload);

	@Test
	void serializersOfSpringIntegrationSpeakTheirProtocol() {
		assertThat(TestBytes.encode(of(new ByteArrayCrLfSerializer()), "ab")).isEqualTo("ab\r\n");
		assertThat(TestBytes.encode(of(new ByteArrayStxEtxSerializer()), "ab")).isEqualTo("\2ab\3");
		assertThat(TestBytes.encode(of(new ByteArrayLengthHeaderSerializer(2)), "ab")).isEqualTo("\0\2ab");
		assertThat(receiving(new ByteArrayCrLfSerializer(), 8).receive("ab\r").receive("\nc\r\n").texts())
			.containsExactly("ab", "c");
		assertThat(
				receiving(new ByteArrayLengthHeaderSerializer(2), 8).receive("\0").receive("\2a").receive("b").texts())
			.containsExactly("ab");
	}

	@Test
	void deserializerIsNotAskedWhileThereIsNothingNew() {
		AtomicInteger runs = new AtomicInteger();
		TestConnection connection = receiving((input) -> {
			runs.incrementAndGet();
			return input.readNBytes(3);
		}, 8);
		connection.receive("a").receive("").receive("bc");
		assertThat(connection.texts()).containsExactly("abc");
		assertThat(runs).hasValue(2);
	}

	@Test
	void needForMoreBytesIsNoEventOfASerializerOfSpringIntegration() {
		List<Object> events = new ArrayList<>();
		ByteArrayCrLfSerializer serializer = new ByteArrayCrLfSerializer();
		serializer.setApplicationEventPublisher(events::add);
		assertThat(receiving(serializer, 8).receive("ab").receive("c\r").receive("\n").texts()).containsExactly("abc");
		assertThat(events).isEmpty();
	}

	@Test
	void needForMoreBytesIsNoFailureForDeserializersThatCatchAndReport() {
		TestConnection connection = receiving((input) -> {
			try {
				return input.readNBytes(3);
			}
			catch (Throwable ex) {
				throw new IOException("broken", ex);
			}
		}, 8);
		assertThat(connection.receive("ab").receive("c").texts()).containsExactly("abc");
	}

	@Test
	void limitOfTheSerializerItselfHolds() {
		ByteArrayLengthHeaderSerializer serializer = new ByteArrayLengthHeaderSerializer();
		serializer.setMaxMessageSize(4);
		assertMalformed(() -> receiving(serializer, 100).receive(0, 0, 0, 5))
			.withMessageStartingWith("Framing ByteArrayLengthHeaderSerializer received bytes that its deserializer "
					+ "refused: java.io.IOException: Message length 5 exceeds")
			.withMessageEndingWith("(maximum frame size 100 bytes, first bytes 00 00 00 05)")
			.withCauseInstanceOf(IOException.class);
	}

	@Test
	void runtimeExceptionOfADeserializerIsMalformed() {
		assertMalformed(() -> receiving(new ByteArrayStxEtxSerializer(), 8).receive("x"))
			.withMessageContaining("Expected STX");
	}

	@Test
	void frameOfTheLimitIsAcceptedAndOneMoreIsRefused() {
		TestConnection connection = receiving(new ByteArrayLengthHeaderSerializer(1), 4).receive("\0041234");
		assertThat(connection.texts()).containsExactly("1234");
		assertTooLarge(() -> connection.receive("\00512345")).withMessageContaining("a frame of 5 bytes");
	}

	@Test
	void deserializerThatReadsToTheEndOfTheStreamIsStoppedAtTheLimit() {
		TestConnection connection = receiving(new ByteArrayRawSerializer(), 4).receive("x".repeat(1028));
		assertTooLarge(() -> connection.receive("x")).withMessageContaining("without a frame");
	}

	@Test
	void resultMustBeBytes() {
		assertMalformed(() -> receiving((input) -> "a" + input.read(), 8).receive("x"))
			.withMessageContaining("returned as java.lang.String: it must return byte[]");
	}

	@Test
	void deserializerThatReadsNothingIsRefusedInsteadOfRunForever() {
		assertMalformed(() -> receiving((input) -> new byte[0], 8).receive("x")).withMessageContaining("read no byte");
	}

	@Test
	void deserializerOfArbitraryClassesIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Framings.ofSerializer(new DefaultSerializer(), new DefaultDeserializer()))
			.withMessageContaining("allowed-classes");
	}

	@Test
	void payloadThatTheSerializerRefusesLeavesTheOutputAsItWas() {
		Framing framing = Framings.ofSerializer((payload, output) -> {
			output.write(1);
			throw new IOException("too bad");
		}, new ByteArrayCrLfSerializer());
		FrameOutput output = new FrameOutput(8);
		assertMalformed(() -> framing.encode(TestBytes.of("ab"), output)).withMessageContaining("too bad")
			.withMessageEndingWith("(payload of 2 bytes, first bytes 61 62)")
			.withCauseInstanceOf(IOException.class);
		assertThat(output.size()).isZero();
	}

	@Test
	void serializerOfAnotherClassIsMalformed() {
		Serializer<String> text = (payload, output) -> output.write(payload.getBytes());
		Framing framing = Framings.ofSerializer(text, new ByteArrayCrLfSerializer());
		assertMalformed(() -> TestBytes.encode(framing, "ab")).withCauseInstanceOf(ClassCastException.class);
	}

	private static <T extends Serializer<byte[]> & Deserializer<byte[]>> Framing of(T both) {
		return Framings.ofSerializer(both, both);
	}

	private static TestConnection receiving(Deserializer<?> deserializer, int maxFrameSize) {
		return new TestConnection(Framings.ofSerializer(AS_IT_IS, deserializer), maxFrameSize);
	}

}
