package dev.sockets.autoconfigure.binding;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.sockets.autoconfigure.properties.TcpConnectionProperties;
import dev.sockets.tcp.Heartbeat;

/**
 * Maps {@code heartbeat.*}.
 */
final class HeartbeatMapper {

	private static final String OFF = "there are no heartbeats without heartbeat.interval";

	private HeartbeatMapper() {
	}

	static @Nullable Heartbeat map(BoundEntry<? extends TcpConnectionProperties> entry) {
		TcpConnectionProperties.Heartbeat heartbeat = entry.properties().getHeartbeat();
		Duration interval = heartbeat.getInterval();
		if (interval == null) {
			entry.refuse("heartbeat.timeout", OFF);
			entry.refuse("heartbeat.message", OFF);
			return null;
		}
		Duration timeout = heartbeat.getTimeout();
		return new Heartbeat(interval, (timeout != null) ? timeout : interval,
				FixedMessages.encode(entry, "heartbeat.message", heartbeat.getMessage()));
	}

}
