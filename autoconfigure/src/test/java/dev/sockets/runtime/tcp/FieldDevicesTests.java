package dev.sockets.runtime.tcp;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.tcp.Profile;
import dev.sockets.tcp.TcpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Devices that speak the profiles of the field, written from their standards: they send
 * three messages in pieces, and get them back.
 */
@Timeout(120)
class FieldDevicesTests {

	@AutoClose
	private final PythonPeer python = PythonPeer.start("field_devices.py");

	@AutoClose
	private final TestEndpoints endpoints = new TestEndpoints();

	private final List<Object> received = new CopyOnWriteArrayList<>();

	@ParameterizedTest
	@ValueSource(strings = { "mllp", "modbus-tcp", "nmea", "stx-etx-lrc", "hsms", "smpp", "syslog", "jt808", "fix" })
	void whenADeviceSendsThenWeReadItAndItReadsUs(String device) {
		TcpServer server = this.endpoints.onMessage((message) -> {
			this.received.add(message.getPayload());
			message.reply(message.getPayload());
		}).serve((settings) -> settings.profile(Profile.valueOf(device.toUpperCase(Locale.ROOT).replace('-', '_'))));
		this.python.tell(device + " " + server.getLocalAddress().getPort());
		assertThat(this.python.hear("device")).isEqualTo(device + " 3");
		assertThat(this.received).hasSize(3);
	}

}
