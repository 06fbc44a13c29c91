package dev.sockets.autoconfigure.binding;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

import dev.sockets.autoconfigure.properties.SocketOptionsProperties;
import dev.sockets.autoconfigure.properties.TcpConnectionProperties;
import dev.sockets.tcp.KeepAlive;
import dev.sockets.tcp.SocketOptions;

/**
 * Maps {@code socket.*}.
 */
final class SocketOptionsMapper {

	private final BoundEntry<? extends TcpConnectionProperties> entry;

	SocketOptionsMapper(BoundEntry<? extends TcpConnectionProperties> entry) {
		this.entry = entry;
	}

	/**
	 * Returns the options.
	 * @param tcp whether those of TCP are among them
	 */
	SocketOptions map(boolean tcp) {
		SocketOptionsProperties socket = this.entry.properties().getSocket();
		if (!tcp) {
			return new SocketOptions(true, null, bytes("socket.receive-buffer", socket.getReceiveBuffer()),
					bytes("socket.send-buffer", socket.getSendBuffer()), null,
					seconds("socket.linger", socket.getLinger()), null);
		}
		return new SocketOptions(socket.isTcpNoDelay(), socket.getKeepAlive(),
				bytes("socket.receive-buffer", socket.getReceiveBuffer()),
				bytes("socket.send-buffer", socket.getSendBuffer()), trafficClass(socket.getTrafficClass()),
				seconds("socket.linger", socket.getLinger()), socket.getReuseAddress(), probes(socket),
				socket.getReusePort());
	}

	private @Nullable KeepAlive probes(SocketOptionsProperties socket) {
		if (Boolean.FALSE.equals(socket.getKeepAlive())) {
			String reason = "nothing is probed with socket.keep-alive=false";
			this.entry.refuse("socket.keep-alive-idle", reason);
			this.entry.refuse("socket.keep-alive-interval", reason);
			this.entry.refuse("socket.keep-alive-count", reason);
			return null;
		}
		if (socket.getKeepAliveIdle() == null && socket.getKeepAliveInterval() == null
				&& socket.getKeepAliveCount() == null) {
			return null;
		}
		return new KeepAlive(seconds("socket.keep-alive-idle", socket.getKeepAliveIdle()),
				seconds("socket.keep-alive-interval", socket.getKeepAliveInterval()), socket.getKeepAliveCount());
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

	private @Nullable Integer seconds(String key, @Nullable Duration time) {
		if (time == null) {
			return null;
		}
		long seconds = time.toSeconds();
		if (!time.equals(Duration.ofSeconds(seconds)) || seconds < 0 || seconds > 65535) {
			throw this.entry.invalid(key, time, "whole seconds from 0s to 65535s");
		}
		return (int) seconds;
	}

}
