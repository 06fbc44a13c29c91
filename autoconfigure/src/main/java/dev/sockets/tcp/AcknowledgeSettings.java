package dev.sockets.tcp;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.sockets.InvalidSettingException;
import dev.sockets.framing.AcknowledgedFraming;
import dev.sockets.framing.Framing;
import dev.sockets.framing.Framings;
import dev.sockets.framing.WireText;

/**
 * Both sides acknowledge each message, and repeat one that the other has refused or does
 * not acknowledge in time. Until then the next one waits.
 *
 * @param ack what says that a message was received
 * @param nak what says that a message is to be repeated; {@code null} for none
 * @param timeout how long an acknowledgement may take, once the message is written
 * @param retries how often a message is repeated before it has failed
 * @param after when received messages are acknowledged
 */
public record AcknowledgeSettings(byte[] ack, byte @Nullable [] nak, Duration timeout, int retries,
		AcknowledgeAfter after) {

	private static final String HEARTBEATS = "heartbeat.interval and heartbeat.answer left out: heartbeats";

	private static final String BY_OPCODE = "rpc left out: requests by opcode";

	/**
	 * Returns settings that are usual: five seconds, three retries, and messages
	 * acknowledged when they are received.
	 * @param ack what says that a message was received
	 * @param nak what says that a message is to be repeated; {@code null} for none
	 * @return the settings
	 */
	public static AcknowledgeSettings of(byte[] ack, byte @Nullable [] nak) {
		return new AcknowledgeSettings(ack, nak, Duration.ofSeconds(5), 3, AcknowledgeAfter.RECEIVED);
	}

	/**
	 * Returns the framing with acknowledgements between its frames.
	 * @param path what the keys of its endpoint start with
	 * @param framing tells the frames apart
	 * @return the framing itself when it has them already
	 */
	Framing between(String path, Framing framing) {
		PositiveSetting.require(path + ".acknowledge.timeout", this.timeout);
		if (this.retries < 0) {
			throw new InvalidSettingException(path + ".acknowledge.retries", this.retries, "0 or more");
		}
		try {
			return (framing instanceof AcknowledgedFraming) ? framing
					: Framings.acknowledged(framing, this.ack, this.nak);
		}
		catch (InvalidSettingException ex) {
			throw new InvalidSettingException(path + "." + ex.getProperty(), ex.getValue(), ex.getAllowed());
		}
	}

	/** Messages that are sent by others than the application do not stand in line. */
	void requireAlone(String path, boolean heartbeats, boolean rpc, boolean handshake) {
		String others = heartbeats ? HEARTBEATS : rpc ? BY_OPCODE
				: handshake ? "password, session and handshake left out: a password, session or handshake" : null;
		if (others != null) {
			throw new InvalidSettingException(path + ".acknowledge.ack", WireText.of(this.ack), "left out, or " + others
					+ " cannot be had with acknowledgements, as only messages of the application stand in line");
		}
	}

	/** The same for messages that are ended by silence. */
	static void requireAlone(String path, Framing framing, boolean heartbeats, boolean rpc, boolean password) {
		String others = heartbeats ? HEARTBEATS : rpc ? BY_OPCODE : password ? "password left out: a password" : null;
		if (others != null) {
			throw new InvalidSettingException(path + ".framing", framing, "another one, or " + others
					+ " cannot be had with silence between messages, as only those of the application keep it");
		}
	}

}
