package dev.sockets.autoconfigure.binding;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.sockets.autoconfigure.properties.AcknowledgeProperties;
import dev.sockets.autoconfigure.properties.TcpConnectionProperties;
import dev.sockets.tcp.AcknowledgeSettings;
import dev.sockets.tcp.Hl7Ack;

/**
 * Maps {@code acknowledge.*} and {@code hl7.*}.
 */
final class AcknowledgeMapper {

	private static final Set<String> KEYS = PropertyNames.of(AcknowledgeProperties.class);

	private AcknowledgeMapper() {
	}

	static @Nullable AcknowledgeSettings map(BoundEntry<? extends TcpConnectionProperties> entry) {
		AcknowledgeProperties acknowledge = entry.properties().getAcknowledge();
		if (acknowledge.getAck() == null) {
			KEYS.stream()
				.filter((key) -> !key.equals("ack"))
				.forEach((key) -> entry.refuse("acknowledge." + key,
						"messages are not acknowledged without acknowledge.ack"));
			return null;
		}
		byte[] ack = WireTexts.bytes(entry, "acknowledge.ack", acknowledge.getAck());
		byte[] nak = (acknowledge.getNak() != null) ? WireTexts.bytes(entry, "acknowledge.nak", acknowledge.getNak())
				: null;
		return new AcknowledgeSettings(ack, nak, acknowledge.getTimeout(), acknowledge.getRetries(),
				acknowledge.getAfter());
	}

	static Hl7Ack hl7(BoundEntry<? extends TcpConnectionProperties> entry) {
		Hl7Ack ack = entry.properties().getHl7().getAck();
		if (ack == Hl7Ack.AUTO && !ProfileValues.codec(entry).equals(Labels.of(BuiltInCodec.TEXT))) {
			throw entry.invalid("hl7.ack", "auto", "none: only messages of the codec 'text' can be read");
		}
		return ack;
	}

}
