package dev.sockets.tcp;

import org.junit.jupiter.api.Test;

import dev.sockets.InvalidSettingException;
import dev.sockets.codec.Codecs;
import dev.sockets.framing.Framing;
import dev.sockets.framing.Framings;
import dev.sockets.framing.LengthHeader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Limits of endpoints that an application makes let some message through.
 */
class MessageSizesTests {

	private static final Framing FRAMING = Framings.length(LengthHeader.binary(2).atLeast(20));

	@Test
	void whenNoMessageCanArriveOrBeSentThenTheLimitIsRefused() {
		assertThat(settings(20, 20).framing()).isSameAs(FRAMING);
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> settings(19, 20))
			.withMessageEndingWith("max-frame-size' is '19' but must be at least 20, which the shortest message of "
					+ "framing length2 at least 20 has");
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> settings(20, 19))
			.withMessageContaining("outbound.max-message-size' is '19' but must be at least 20, ");
	}

	@Test
	void whenAConnectionGoesOnToAFramingWithoutRoomThenThatIsRefused() {
		ConnectionSettings lines = TcpServerSettings.builder("echo")
			.port(0)
			.connection((connection) -> connection.maxFrameSize(10))
			.build()
			.connection();
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> lines.switchedTo(FRAMING, Codecs.bytes()));
	}

	private static ConnectionSettings settings(int maxFrameSize, int maxMessageSize) {
		return TcpServerSettings.builder("echo")
			.port(0)
			.connection((connection) -> connection.framing(FRAMING)
				.maxFrameSize(maxFrameSize)
				.maxMessageSize(maxMessageSize))
			.build()
			.connection();
	}

}
