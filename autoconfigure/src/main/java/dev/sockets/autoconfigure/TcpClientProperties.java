package dev.sockets.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A TCP client.
 */
public class TcpClientProperties extends TcpConnectionProperties {

	/**
	 * Address or name of the peer.
	 */
	private String host = "localhost";

	/**
	 * Port of the peer. Required.
	 */
	private @Nullable Integer port;

	/**
	 * Time that an attempt to connect may take.
	 */
	private Duration connectTimeout = Duration.ofSeconds(5);

	public String getHost() {
		return this.host;
	}

	public void setHost(String host) {
		this.host = host;
	}

	public @Nullable Integer getPort() {
		return this.port;
	}

	public void setPort(@Nullable Integer port) {
		this.port = port;
	}

	public Duration getConnectTimeout() {
		return this.connectTimeout;
	}

	public void setConnectTimeout(Duration connectTimeout) {
		this.connectTimeout = connectTimeout;
	}

}
