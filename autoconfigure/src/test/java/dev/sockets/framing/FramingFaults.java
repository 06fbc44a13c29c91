package dev.sockets.framing;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Expects a framing to refuse.
 */
final class FramingFaults {

	private FramingFaults() {
	}

	static ThrowableAssertAlternative<SocketOperationException> assertTooLarge(ThrowingCallable action) {
		return assertFault(SocketErrorCode.FRAME_TOO_LARGE, action);
	}

	static ThrowableAssertAlternative<SocketOperationException> assertMalformed(ThrowingCallable action) {
		return assertFault(SocketErrorCode.MALFORMED_FRAME, action);
	}

	private static ThrowableAssertAlternative<SocketOperationException> assertFault(SocketErrorCode code,
			ThrowingCallable action) {
		return assertThatExceptionOfType(SocketOperationException.class).isThrownBy(action)
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo(code));
	}

}
