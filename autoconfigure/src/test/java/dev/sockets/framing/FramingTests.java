package dev.sockets.framing;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every framing promises.
 */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FramingTests {

	private static final byte[] SPECIAL = TestBytes.of("\0\0\1\2\3\r\n|ab0{}[]\"\\ <>;,$!~\20\13\34\u00C0\u00DB9");

	@ParameterizedTest
	@MethodSource("dev.sockets.framing.FramingCase#all")
	void everySplitPointOfAStreamOfFramesGivesTheSameFrames(FramingCase framing) {
		byte[] stream = framing.stream();
		for (int first = 0; first <= stream.length; first++) {
			for (int second = first; second <= stream.length; second++) {
				TestConnection connection = framing.connection()
					.receive(Arrays.copyOf(stream, first))
					.receive(Arrays.copyOfRange(stream, first, second))
					.receive(Arrays.copyOfRange(stream, second, stream.length));
				assertAllArrived(framing, connection);
			}
		}
	}

	@ParameterizedTest
	@MethodSource("dev.sockets.framing.FramingCase#all")
	void noPayloadIsShorterThanTheShortest(FramingCase framing) {
		assertThat(framing.payloads()).allSatisfy((payload) -> assertThat((long) payload.length)
			.isGreaterThanOrEqualTo(framing.framing().shortestPayload()));
	}

	@ParameterizedTest
	@MethodSource("dev.sockets.framing.FramingCase#all")
	void oneByteAtATimeGivesTheSameFrames(FramingCase framing) {
		TestConnection connection = framing.connection();
		for (byte value : framing.stream()) {
			connection.receive(value);
		}
		assertAllArrived(framing, connection);
	}

	@ParameterizedTest
	@MethodSource("dev.sockets.framing.FramingCase#all")
	void thousandFramesInOneReadAllArrive(FramingCase framing) {
		byte[] payload = framing.payloads().get(0);
		byte[][] payloads = Stream.generate(() -> payload).limit(1000).toArray(byte[][]::new);
		TestConnection connection = framing.connection().receive(TestBytes.encode(framing.framing(), payloads));
		assertThat(connection.frames()).hasSize(1000).allSatisfy((frame) -> assertThat(frame).isEqualTo(payload));
		assertThat(connection.unconsumed()).isZero();
	}

	@ParameterizedTest
	@MethodSource("dev.sockets.framing.FramingCase#all")
	void randomBytesGiveFramesWithinTheLimitOrAnOperationException(FramingCase framing) {
		Random random = new Random(20260101);
		for (int round = 0; round < 500; round++) {
			TestConnection connection = framing.connection();
			try {
				for (int read = 0; read < 20; read++) {
					connection.receive(randomBytes(random));
				}
			}
			catch (SocketOperationException ex) {
				assertThat(ex.getCode()).isIn(SocketErrorCode.FRAME_TOO_LARGE, SocketErrorCode.MALFORMED_FRAME);
				if (!(framing.framing() instanceof ChecksumFraming)) {
					assertThat(ex).hasMessageStartingWith("Framing " + framing + " ")
						.hasMessageContaining("maximum frame size " + FramingCase.LIMIT + " bytes, first bytes ");
				}
			}
			assertThat(connection.frames())
				.allSatisfy((frame) -> assertThat(frame).hasSizeLessThanOrEqualTo(FramingCase.LIMIT));
		}
	}

	@ParameterizedTest
	@MethodSource("dev.sockets.framing.FramingCase#all")
	void frameAboveTheLimitIsTooLargeAndSoIsOneFarAboveIt(FramingCase framing) {
		// Serializers have a limit of their own, and words for it
		Assumptions.assumeFalse(framing.framing() instanceof SerializerFraming);
		for (int above : new int[] { 1, 2, 100, 10_000 }) {
			byte[] payload = TestBytes.repeat('x', FramingCase.LIMIT + above);
			byte[] frame;
			try {
				frame = TestBytes.encode(framing.framing(), payload);
			}
			catch (SocketOperationException ex) {
				continue;
			}
			FramingFaults.assertTooLarge(() -> framing.connection().receive(frame));
			TestConnection connection = framing.connection();
			FramingFaults.assertTooLarge(() -> {
				for (byte value : frame) {
					connection.receive(value);
				}
			});
			assertThat((long) connection.unconsumed())
				.isLessThanOrEqualTo(framing.framing().maxBytes(FramingCase.LIMIT));
		}
	}

	@ParameterizedTest
	@MethodSource("dev.sockets.framing.FramingCase#terminated")
	void everyByteIsScannedOnce(FramingCase framing) {
		int size = 64 * 1024;
		byte[] beginning = Arrays.copyOf(TestBytes.encode(framing.framing(), TestBytes.repeat('-', size)), size);
		TestConnection connection = new TestConnection(framing.framing(), size);
		for (int at = 0; at < size; at += 256) {
			connection.receive(Arrays.copyOfRange(beginning, at, at + 256));
			assertThat(connection.scanned()).isEqualTo(connection.unconsumed()).isEqualTo(at + 256);
		}
	}

	@ParameterizedTest
	@MethodSource("dev.sockets.framing.FramingCase#terminated")
	void bytesScannedBeforeAreNotLookedAtAgain(FramingCase framing) {
		byte[] frame = TestBytes.encode(framing.framing(), TestBytes.repeat('-', FramingCase.LIMIT));
		FrameWindow window = new FrameWindow();
		window.reset(frame, 0, frame.length, 0, frame.length);
		assertThat(framing.framing().next(window)).isTrue();
		window.reset(frame, 0, frame.length, frame.length, frame.length);
		assertThat(framing.framing().next(window)).as("its end was scanned, so it is not found").isFalse();
	}

	private static byte[] randomBytes(Random random) {
		byte[] bytes = new byte[random.nextInt(24)];
		random.nextBytes(bytes);
		if (random.nextBoolean()) {
			for (int i = 0; i < bytes.length; i++) {
				bytes[i] = SPECIAL[(bytes[i] & 0xFF) % SPECIAL.length];
			}
		}
		return bytes;
	}

	private static void assertAllArrived(FramingCase framing, TestConnection connection) {
		assertThat(connection.frames()).usingElementComparator(Arrays::compare)
			.containsExactlyElementsOf(framing.payloads());
		assertThat(connection.unconsumed()).isZero();
	}

}
