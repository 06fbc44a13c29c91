package dev.sockets.autoconfigure.binding;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.sockets.autoconfigure.properties.HeartbeatProperties;
import dev.sockets.autoconfigure.properties.TcpConnectionProperties;
import dev.sockets.tcp.Heartbeat;

/**
 * Maps {@code heartbeat.*}.
 */
final class HeartbeatMapper {

	private static final String OFF = "there are no heartbeats without heartbeat.interval";

	private static final String NO_ANSWER = "none";

	private static final String ECHO = "echo";

	private HeartbeatMapper() {
	}

	/**
	 * Returns whether there is a text to answer by.
	 */
	static boolean hasAnswer(HeartbeatProperties heartbeat) {
		String answer = Blanks.without(heartbeat.getAnswer());
		return !answer.equals(NO_ANSWER) && !answer.equals(ECHO);
	}

	static @Nullable Heartbeat map(BoundEntry<? extends TcpConnectionProperties> entry) {
		HeartbeatProperties heartbeat = entry.properties().getHeartbeat();
		Duration interval = heartbeat.getInterval();
		String answer = hasAnswer(heartbeat) ? heartbeat.getAnswer() : Blanks.without(heartbeat.getAnswer());
		if (interval == null) {
			entry.refuse("heartbeat.timeout", OFF);
			if (answer.equals(NO_ANSWER)) {
				entry.refuse("heartbeat.message", OFF);
				return null;
			}
		}
		Duration timeout = heartbeat.getTimeout();
		byte[] message = FixedMessages.encode(entry, "heartbeat.message", heartbeat.getMessage());
		return new Heartbeat(interval, (timeout != null) ? timeout : interval, message, switch (answer) {
			case NO_ANSWER -> null;
			case ECHO -> message;
			default -> FixedMessages.encode(entry, "heartbeat.answer", answer);
		});
	}

}
