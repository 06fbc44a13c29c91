package dev.sockets.actuate;

import java.time.Instant;
import java.util.EnumSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.sockets.Failure;
import dev.sockets.SocketErrorCode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Health tells nothing of what a peer has sent. Break B7.
 */
class FailureDescriptorTests {

	@ParameterizedTest
	@EnumSource(names = { "FRAME_TOO_LARGE", "MALFORMED_FRAME", "INCOMPLETE_FRAME", "CHECKSUM", "CODEC_FAILED",
			"HANDLER_FAILED", "REMOTE_ERROR", "UNKNOWN_OPCODE", "REPLY_DROPPED" })
	void whenAMessageMayQuoteAPeerThenHealthTellsTheClassOnly(SocketErrorCode code) {
		Failure failure = new Failure(Instant.now(), code, "starts with 73 65 63 72 65 74, secret",
				new IllegalStateException("secret"));
		FailureDescriptor shown = FailureDescriptor.inHealth(failure);
		assertThat(shown.message()).doesNotContain("secret", "73 65").endsWith(": java.lang.IllegalStateException");
		assertThat(shown.code()).isEqualTo(code);
		assertThat(FailureDescriptor.of(failure).message()).contains("secret");
	}

	@Test
	void whenItIsOursThenHealthTellsIt() {
		for (SocketErrorCode code : EnumSet.of(SocketErrorCode.BIND_FAILED, SocketErrorCode.CONNECT_FAILED)) {
			assertThat(FailureDescriptor.inHealth(new Failure(Instant.now(), code, "no route", null)).message())
				.isEqualTo("no route");
		}
	}

}
