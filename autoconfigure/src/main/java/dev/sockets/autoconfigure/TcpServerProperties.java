package dev.sockets.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * A TCP server.
 */
public class TcpServerProperties extends TcpConnectionProperties {

	/**
	 * Address or name of the interface to listen on.
	 */
	private String host = "0.0.0.0";

	/**
	 * Port to listen on; 0 picks a free one. Required.
	 */
	private @Nullable Integer port;

	/**
	 * Connections that may wait to be accepted.
	 */
	private int backlog = 1024;

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

	public int getBacklog() {
		return this.backlog;
	}

	public void setBacklog(int backlog) {
		this.backlog = backlog;
	}

}
