package dev.sockets.tcp;

import java.time.Duration;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import dev.sockets.InvalidSettingException;
import dev.sockets.framing.Framing;

/**
 * Messages that keep a connection alive and show that the peer is.
 *
 * @param interval how long nothing is sent before a heartbeat is; {@code null} when none
 * is sent, and those of the peer are only answered
 * @param timeout how much longer than the interval the peer may be silent; {@code null}
 * when no heartbeat is sent
 * @param message the payload of a heartbeat; a received one is not delivered
 * @param answer the payload of what is sent for each that is received; {@code null} for
 * nothing. What is received of it is not delivered where heartbeats are sent
 */
public record Heartbeat(@Nullable Duration interval, @Nullable Duration timeout, byte[] message,
		byte @Nullable [] answer) {

	/**
	 * Creates heartbeats that are not answered.
	 * @param interval how long nothing is sent before a heartbeat is
	 * @param timeout how much longer than the interval the peer may be silent
	 * @param message the payload of a heartbeat
	 */
	public Heartbeat(Duration interval, Duration timeout, byte[] message) {
		this(interval, timeout, message, null);
	}

	/** What ends connections before a heartbeat keeps them makes heartbeats useless. */
	void checkIdle(String path, @Nullable Duration idle) {
		if (this.interval != null && idle != null && idle.compareTo(this.interval) <= 0) {
			String reason = ", or left out: connections would end before the heartbeat that is to keep them";
			throw new InvalidSettingException(path + ".idle-timeout", idle, "longer than heartbeat.interval" + reason,
					new InvalidSettingException(path + ".heartbeat.interval", this.interval,
							"shorter than idle-timeout" + reason));
		}
	}

	void check(String path, Framing framing, int maxMessageSize) {
		PositiveSetting.require(path + ".heartbeat.interval", this.interval);
		PositiveSetting.require(path + ".heartbeat.timeout", this.timeout);
		KnownMessages.check(path + ".heartbeat.message", this.message, framing, maxMessageSize);
		KnownMessages.check(path + ".heartbeat.answer", this.answer, framing, maxMessageSize);
		if (this.interval != null && Arrays.equals(this.message, this.answer)) {
			throw new InvalidSettingException(path + ".heartbeat.answer", "echo",
					"another text than that of heartbeats, or heartbeat.interval left out: where both sides send "
							+ "heartbeats an answer has to be told from them");
		}
	}

}
