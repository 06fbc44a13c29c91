package dev.sockets.autoconfigure.binding;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

import dev.sockets.autoconfigure.properties.SocketOptionsProperties;
import dev.sockets.autoconfigure.properties.TcpConnectionProperties;
import dev.sockets.tcp.SocketOptions;

/**
 * Maps {@code socket.*}.
 */
final class SocketOptionsMapper {

	private final BoundEntry<? extends TcpConnectionProperties> entry;

	SocketOptionsMapper(BoundEntry<? extends TcpConnectionProperties> entry) {
		this.entry = entry;
	}

	SocketOptions map() {
		SocketOptionsProperties socket = this.entry.properties().getSocket();
		return new SocketOptions(socket.isTcpNoDelay(), socket.getKeepAlive(),
				bytes("socket.receive-buffer", socket.getReceiveBuffer()),
				bytes("socket.send-buffer", socket.getSendBuffer()), trafficClass(socket.getTrafficClass()),
				linger(socket.getLinger()), socket.getReuseAddress());
	}

	private @Nullable Integer bytes(String key, @Nullable DataSize size) {
		return (size != null) ? this.entry.bytes(key, size) : null;
	}

	private @Nullable Integer trafficClass(@Nullable Integer octet) {
		if (octet != null && (octet < 0 || octet > 255)) {
			throw this.entry.invalid("socket.traffic-class", octet, "from 0 to 255");
		}
		return octet;
	}

	private @Nullable Integer linger(@Nullable Duration time) {
		if (time == null) {
			return null;
		}
		long seconds = time.toSeconds();
		if (!time.equals(Duration.ofSeconds(seconds)) || seconds < 0 || seconds > 65535) {
			throw this.entry.invalid("socket.linger", time, "whole seconds from 0s to 65535s");
		}
		return (int) seconds;
	}

}
