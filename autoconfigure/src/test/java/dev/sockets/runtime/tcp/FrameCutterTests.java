package dev.sockets.runtime.tcp;

import org.junit.jupiter.api.Test;

import dev.sockets.SocketErrorCode;
import dev.sockets.SocketOperationException;
import dev.sockets.framing.FrameOutput;
import dev.sockets.framing.FrameWindow;
import dev.sockets.framing.Framing;
import dev.sockets.tcp.ConnectionSettings;
import dev.sockets.tcp.TcpServerSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FrameCutterTests {

	private static final int HANDSHAKE_LIMIT = 100;

	private final FrameWindow window = new FrameWindow();

	@Test
	void whenLessIsAllowedBeforeThePeerHasAuthenticatedThenFramesOfTheApplicationAreHeldToThat() {
		assertThat(cut(HANDSHAKE_LIMIT, true)).isTrue();
		assertTooLarge(HANDSHAKE_LIMIT + 1, true);
		assertTooLarge(HANDSHAKE_LIMIT + 1025, false);
	}

	private void assertTooLarge(int bytes, boolean found) {
		assertThatExceptionOfType(SocketOperationException.class).isThrownBy(() -> cut(bytes, found))
			.withMessageContaining("100 bytes allowed before the peer has authenticated")
			.extracting(SocketOperationException::getCode)
			.isEqualTo(SocketErrorCode.FRAME_TOO_LARGE);
	}

	private boolean cut(int bytes, boolean found) {
		ConnectionSettings settings = TcpServerSettings.builder("server")
			.port(0)
			.connection((connection) -> connection.framing(new Whole(found)).maxFrameSize(10_000))
			.build()
			.connection();
		this.window.reset(new byte[bytes], 0, bytes, 0, HANDSHAKE_LIMIT);
		return FrameCutter.next(settings, this.window, bytes, false);
	}

	/** Takes all there is for a frame, or for none. */
	private record Whole(boolean found) implements Framing {

		@Override
		public boolean next(FrameWindow window) {
			if (this.found) {
				window.frame(window.start(), window.end(), window.end());
			}
			return this.found;
		}

		@Override
		public void encode(byte[] payload, FrameOutput output) {
			output.write(payload);
		}

	}

}
