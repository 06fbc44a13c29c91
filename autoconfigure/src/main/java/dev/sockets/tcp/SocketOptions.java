package dev.sockets.tcp;

import org.jspecify.annotations.Nullable;

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
 */
public record SocketOptions(boolean tcpNoDelay, @Nullable Boolean keepAlive, @Nullable Integer receiveBuffer,
		@Nullable Integer sendBuffer, @Nullable Integer trafficClass, @Nullable Integer linger,
		@Nullable Boolean reuseAddress) {

	/** No delay; everything else as the operating system has it. */
	public static final SocketOptions DEFAULTS = new SocketOptions(true, null, null, null, null, null, null);

	/**
	 * Returns the same options with another linger.
	 * @param seconds how long closing waits for unsent data; 0 resets the connection
	 * @return the options
	 */
	public SocketOptions withLinger(int seconds) {
		return new SocketOptions(this.tcpNoDelay, this.keepAlive, this.receiveBuffer, this.sendBuffer,
				this.trafficClass, seconds, this.reuseAddress);
	}

}
