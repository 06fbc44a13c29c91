package dev.sockets.tcp;

import java.net.StandardSocketOptions;
import java.util.Set;

import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;

import dev.sockets.InvalidSettingException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Options that not every platform has.
 */
class KeepAliveTests {

	@Test
	void whenThePlatformLacksAnOptionThenItIsRefusedByItsName() {
		SocketOptions options = new SocketOptions(true, null, null, null, null, null, null, new KeepAlive(60, 10, 3),
				null);
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> options.check("sockets.tcp.server.x", Set.of(ExtendedSocketOptions.TCP_KEEPIDLE)))
			.withMessage("'sockets.tcp.server.x.socket.keep-alive-interval' is '10' but must be left out: "
					+ "this platform does not let it be set, but only socket.keep-alive");
		SocketOptions sharing = new SocketOptions(true, null, null, null, null, null, null, null, true);
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> sharing.check("sockets.tcp.server.x", Set.of(StandardSocketOptions.SO_REUSEADDR)))
			.withMessage("'sockets.tcp.server.x.socket.reuse-port' is 'true' but must be left out: "
					+ "this platform has no such option");
	}

	@Test
	void whenProbesAreSetThenTheyAreOn() {
		assertThat(SocketOptions.DEFAULTS.probesPeers()).isNull();
		assertThat(new SocketOptions(true, null, null, null, null, null, null, new KeepAlive(60, null, null), null)
			.probesPeers()).isTrue();
		assertThat(new KeepAlive(60, null, 3).options()).hasSize(2)
			.containsEntry(ExtendedSocketOptions.TCP_KEEPIDLE, 60)
			.containsEntry(ExtendedSocketOptions.TCP_KEEPCOUNT, 3);
	}

}
