package dev.sockets.framing;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.sockets.framing.FramingFaults.assertMalformed;
import static dev.sockets.framing.FramingFaults.assertTooLarge;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Framings#jsonStream()}.
 */
class JsonStreamFramingTests {

	private final Framing framing = Framings.jsonStream();

	private final TestConnection connection = new TestConnection(this.framing, 8);

	@Test
	void objectsAndArraysNeedNothingBetweenThem() {
		assertThat(this.connection.receive("{}[]{\"a\":1}[").receive("]").texts()).containsExactly("{}", "[]",
				"{\"a\":1}", "[]");
		assertThat(TestBytes.encode(this.framing, "{}")).isEqualTo("{}");
	}

	@Test
	void whiteSpaceAroundThemIsDropped() {
		assertThat(this.connection.receive(" \r\n\t{ }\n\n").receive("\n[\n] ").texts()).containsExactly("{ }", "[\n]");
	}

	@Test
	void whiteSpaceIsConsumedAtOnceSoNobodyWaitsForItsFrame() {
		this.connection.receive("{}\r\n");
		assertThat(this.connection.unconsumed()).isZero();
		this.connection.receive("\n").receive(" ".repeat(1000));
		assertThat(this.connection.unconsumed()).isZero();
		assertThat(this.connection.receive("  {\"").unconsumed()).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "[\"]\"]", "[\"[\"]", "{\"}\":1}", "[\"\\\"]\"]", "[\"\\\\\"]", "[\"\\\\\\\"\"]", "[\"{\"]" })
	void bracketsInStringsDoNotCount(String json) {
		TestConnection connection = new TestConnection(this.framing, json.length());
		assertThat(connection.receive(json + json).texts()).containsExactly(json, json);
		for (byte value : TestBytes.of(json)) {
			connection.receive(value);
		}
		assertThat(connection.texts()).hasSize(3);
		assertThat(TestBytes.encode(this.framing, json)).isEqualTo(json);
	}

	@Test
	void bytesAboveAsciiAreData() {
		byte[] high = new byte[128];
		for (int i = 0; i < high.length; i++) {
			high[i] = (byte) (0x80 + i);
		}
		byte[] json = TestBytes.join(TestBytes.of("[\""), high, TestBytes.of("\"]"));
		assertThat(new TestConnection(this.framing, json.length).receive(json).frames()).singleElement()
			.isEqualTo(json);
	}

	@Test
	void nestingIsAsDeepAsTheLimitAllows() {
		int depth = 512 * 1024;
		String json = "[".repeat(depth) + "]".repeat(depth);
		TestConnection deep = new TestConnection(this.framing, json.length());
		assertThat(deep.receive(json.substring(0, depth + 1)).receive(json.substring(depth + 1)).texts())
			.containsExactly(json);
		assertTooLarge(() -> deep.receive("[".repeat(json.length() + 1)));
	}

	@Test
	void frameOfTheLimitIsAcceptedAndOneMoreIsRefused() {
		assertThat(this.connection.receive("[1, 2,3]").receive("\n[1,").receive(" 2,3").receive("]").texts())
			.hasSize(2);
		assertTooLarge(() -> this.connection.receive("[1, 2, 3]"));
	}

	@Test
	void oneByteOverTheLimitIsRefusedBeforeTheEndArrives() {
		this.connection.receive("[1, 2,3 ");
		assertTooLarge(() -> this.connection.receive(" "))
			.withMessageEndingWith("(maximum frame size 8 bytes, first bytes 5b 31 2c 20 32 2c 33 20 20)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "}", "]", "\"a\"", "1", "null", "x", ";{}", "\u00EF\u00BBx{}", "\1{}" })
	void bytesThatStartNoObjectOrArrayAreMalformed(String bytes) {
		assertMalformed(() -> this.connection.receive("{} " + bytes))
			.withMessageStartingWith("Framing stream received");
		assertThat(this.connection.texts()).containsExactly("{}");
	}

	@Test
	void bracketTooManyIsMalformedAfterItsFrame() {
		assertMalformed(() -> this.connection.receive("[{}]]")).withMessageContaining("first bytes 5d)");
		assertThat(this.connection.texts()).containsExactly("[{}]");
	}

	@Test
	void everyByteIsScannedOnce() {
		TestConnection connection = new TestConnection(this.framing, 64 * 1024);
		connection.receive("[");
		for (int at = 1; at < 64 * 1024; at += 255) {
			connection.receive(TestBytes.repeat('-', 255));
			assertThat(connection.scanned()).isEqualTo(connection.unconsumed()).isEqualTo(at + 255);
		}
	}

	@Test
	void bytesScannedBeforeAreNotLookedAtAgain() {
		byte[] frame = TestBytes.of("[[]]");
		FrameWindow window = new FrameWindow();
		window.reset(Arrays.copyOf(frame, 1), 0, 1, 0, 8);
		assertThat(this.framing.next(window)).isFalse();
		long state = window.state();
		window.reset(frame, 0, frame.length, frame.length, 8);
		window.state(state);
		assertThat(this.framing.next(window)).as("its end was scanned, so it is not found").isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a", "1", "]", "[", "[[]", "{\"}", "{}{}", "{}]", "{} x" })
	void payloadThatIsNotOneObjectOrArrayIsRefused(String payload) {
		assertMalformed(() -> TestBytes.encode(this.framing, payload))
			.withMessageStartingWith("Framing stream cannot send a payload that is not one JSON object or array: ");
	}

	@Test
	void payloadMayHaveWhiteSpaceAroundIt() {
		assertThat(TestBytes.encode(this.framing, " {}\n")).isEqualTo(" {}\n");
		assertThat(this.connection.receive(" {}\n").texts()).containsExactly("{}");
	}

}
