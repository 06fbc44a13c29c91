package dev.sockets.tcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.sockets.InvalidSettingException;

/**
 * Options set on each socket; {@code null} leaves the operating system's default.
 *
 * @param tcpNoDelay whether small packets are sent at once
 * @param keepAlive whether TCP probes an idle peer
 * @param receiveBuffer size of the receive buffer in bytes
 * @param sendBuffer size of the send buffer in bytes
 * @param trafficClass type-of-service octet, 0 to 255
 * @param linger seconds that closing waits for unsent data; 0 resets the connection
 * @param reuseAddress whether a port in TIME_WAIT may be bound
 * @param probes when and how often TCP probes an idle peer
 * @param reusePort whether several sockets may be bound to the same address and port
 */
public record SocketOptions(boolean tcpNoDelay, @Nullable Boolean keepAlive, @Nullable Integer receiveBuffer,
		@Nullable Integer sendBuffer, @Nullable Integer trafficClass, @Nullable Integer linger,
		@Nullable Boolean reuseAddress, @Nullable KeepAlive probes, @Nullable Boolean reusePort) {

	/** No delay; everything else as the operating system has it. */
	public static final SocketOptions DEFAULTS = new SocketOptions(true, null, null, null, null, null, null);

	/**
	 * Creates options without those that not every operating system has.
	 * @param tcpNoDelay whether small packets are sent at once
	 * @param keepAlive whether TCP probes an idle peer
	 * @param receiveBuffer size of the receive buffer in bytes
	 * @param sendBuffer size of the send buffer in bytes
	 * @param trafficClass type-of-service octet, 0 to 255
	 * @param linger seconds that closing waits for unsent data; 0 resets the connection
	 * @param reuseAddress whether a port in TIME_WAIT may be bound
	 */
	public SocketOptions(boolean tcpNoDelay, @Nullable Boolean keepAlive, @Nullable Integer receiveBuffer,
			@Nullable Integer sendBuffer, @Nullable Integer trafficClass, @Nullable Integer linger,
			@Nullable Boolean reuseAddress) {
		this(tcpNoDelay, keepAlive, receiveBuffer, sendBuffer, trafficClass, linger, reuseAddress, null, null);
	}

	/**
	 * Returns the same options with another linger.
	 * @param seconds how long closing waits for unsent data; 0 resets the connection
	 * @return the options
	 */
	public SocketOptions withLinger(int seconds) {
		return new SocketOptions(this.tcpNoDelay, this.keepAlive, this.receiveBuffer, this.sendBuffer,
				this.trafficClass, seconds, this.reuseAddress, this.probes, this.reusePort);
	}

	/**
	 * Returns whether TCP probes an idle peer.
	 * @return whether it does, also because it is said how; {@code null} for what the
	 * operating system does
	 */
	public @Nullable Boolean probesPeers() {
		return (this.keepAlive == null && this.probes != null) ? Boolean.TRUE : this.keepAlive;
	}

	void check(String path) {
		if (this.probes != null || this.reusePort != null) {
			check(path, supported());
		}
	}

	void check(String path, Set<SocketOption<?>> supported) {
		if (this.probes != null) {
			this.probes.check(path, supported);
		}
		if (this.reusePort != null && !supported.contains(StandardSocketOptions.SO_REUSEPORT)) {
			throw new InvalidSettingException(path + ".socket.reuse-port", this.reusePort,
					"left out: this platform has no such option");
		}
	}

	private static Set<SocketOption<?>> supported() {
		try (SocketChannel socket = SocketChannel.open()) {
			return socket.supportedOptions();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
