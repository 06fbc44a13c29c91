package dev.sockets.runtime.tcp;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.sockets.codec.Codecs;
import dev.sockets.framing.ChecksumKind;
import dev.sockets.framing.ChecksumRule;
import dev.sockets.framing.Framings;
import dev.sockets.tcp.AcknowledgeSettings;
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

	@Test
	void whenADeviceWantsAcknowledgementsThenBothSidesGiveThem() {
		TcpServer server = this.endpoints.onMessage((message) -> {
			this.received.add(message.getPayload());
			message.reply(message.getPayload());
		})
			.serve((settings) -> settings.profile(Profile.STX_ETX_LRC)
				.connection((connection) -> connection
					.acknowledge(AcknowledgeSettings.of(new byte[] { 6 }, new byte[] { 0x15 }))));
		this.python.tell("acknowledged " + server.getLocalAddress().getPort());
		assertThat(this.python.hear("device")).isEqualTo("acknowledged 3");
		assertThat(this.received).hasSize(3);
	}

	@Test
	void whenADeviceSeparatesMessagesByPausesThenTheyAreTold() {
		TcpServer server = this.endpoints.onMessage((message) -> {
			this.received.add(message.getPayload());
			message.reply(message.getPayload());
		})
			.server((connection) -> connection
				.framing(Framings.checked(Framings.idleGap(Duration.ofMillis(50)),
						ChecksumRule.of(ChecksumKind.CRC16_MODBUS)))
				.codec(Codecs.bytes()));
		this.python.tell("modbus-rtu " + server.getLocalAddress().getPort());
		assertThat(this.python.hear("device")).isEqualTo("modbus-rtu 3");
		assertThat(this.received).hasSize(3);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "mllp", "modbus-tcp", "nmea", "stx-etx-lrc", "hsms", "smpp", "syslog", "jt808", "fix", "scpi" })
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
