package dev.sockets.autoconfigure.properties;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

/**
 * Options of each socket; what isn't set is left to the operating system.
 */
public class SocketOptionsProperties {

	/**
	 * Whether small packets are sent at once.
	 */
	private boolean tcpNoDelay = true;

	/**
	 * Whether TCP probes an idle peer.
	 */
	private @Nullable Boolean keepAlive;

	/**
	 * Time without a byte before TCP probes an idle peer, in whole seconds; turns probes
	 * on.
	 */
	@DurationUnit(ChronoUnit.SECONDS)
	private @Nullable Duration keepAliveIdle;

	/**
	 * Time between two such probes, in whole seconds.
	 */
	@DurationUnit(ChronoUnit.SECONDS)
	private @Nullable Duration keepAliveInterval;

	/**
	 * Probes that may go unanswered before a connection is reset.
	 */
	private @Nullable Integer keepAliveCount;

	/**
	 * Size of the receive buffer.
	 */
	private @Nullable DataSize receiveBuffer;

	/**
	 * Size of the send buffer.
	 */
	private @Nullable DataSize sendBuffer;

	/**
	 * Type-of-service octet of sent packets, from 0 to 255.
	 */
	private @Nullable Integer trafficClass;

	/**
	 * Time that closing waits for unsent data, in whole seconds; 0 resets the connection.
	 */
	@DurationUnit(ChronoUnit.SECONDS)
	private @Nullable Duration linger;

	/**
	 * Whether a port whose last connections have not timed out yet may be bound.
	 */
	private @Nullable Boolean reuseAddress;

	/**
	 * Whether several sockets may be bound to the same address and port.
	 */
	private @Nullable Boolean reusePort;

	public boolean isTcpNoDelay() {
		return this.tcpNoDelay;
	}

	public void setTcpNoDelay(boolean tcpNoDelay) {
		this.tcpNoDelay = tcpNoDelay;
	}

	public @Nullable Boolean getKeepAlive() {
		return this.keepAlive;
	}

	public void setKeepAlive(@Nullable Boolean keepAlive) {
		this.keepAlive = keepAlive;
	}

	public @Nullable Duration getKeepAliveIdle() {
		return this.keepAliveIdle;
	}

	public void setKeepAliveIdle(@Nullable Duration keepAliveIdle) {
		this.keepAliveIdle = keepAliveIdle;
	}

	public @Nullable Duration getKeepAliveInterval() {
		return this.keepAliveInterval;
	}

	public void setKeepAliveInterval(@Nullable Duration keepAliveInterval) {
		this.keepAliveInterval = keepAliveInterval;
	}

	public @Nullable Integer getKeepAliveCount() {
		return this.keepAliveCount;
	}

	public void setKeepAliveCount(@Nullable Integer keepAliveCount) {
		this.keepAliveCount = keepAliveCount;
	}

	public @Nullable DataSize getReceiveBuffer() {
		return this.receiveBuffer;
	}

	public void setReceiveBuffer(@Nullable DataSize receiveBuffer) {
		this.receiveBuffer = receiveBuffer;
	}

	public @Nullable DataSize getSendBuffer() {
		return this.sendBuffer;
	}

	public void setSendBuffer(@Nullable DataSize sendBuffer) {
		this.sendBuffer = sendBuffer;
	}

	public @Nullable Integer getTrafficClass() {
		return this.trafficClass;
	}

	public void setTrafficClass(@Nullable Integer trafficClass) {
		this.trafficClass = trafficClass;
	}

	public @Nullable Duration getLinger() {
		return this.linger;
	}

	public void setLinger(@Nullable Duration linger) {
		this.linger = linger;
	}

	public @Nullable Boolean getReuseAddress() {
		return this.reuseAddress;
	}

	public void setReuseAddress(@Nullable Boolean reuseAddress) {
		this.reuseAddress = reuseAddress;
	}

	public @Nullable Boolean getReusePort() {
		return this.reusePort;
	}

	public void setReusePort(@Nullable Boolean reusePort) {
		this.reusePort = reusePort;
	}

}
