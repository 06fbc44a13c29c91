package dev.sockets.autoconfigure.properties;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * A TCP client.
 */
public class TcpClientProperties extends TcpConnectionProperties {

	/**
	 * Address or name of the peer.
	 */
	private String host = "localhost";

	/**
	 * Port of the peer. Required, unless there are addresses.
	 */
	private @Nullable Integer port;

	/**
	 * Peers instead of host and port, tried in turn: host:port, IPv6 addresses in
	 * brackets.
	 */
	private List<String> addresses = new ArrayList<>();

	/**
	 * Time that an attempt to connect may take.
	 */
	private Duration connectTimeout = Duration.ofSeconds(5);

	@NestedConfigurationProperty
	private final ReconnectProperties reconnect = new ReconnectProperties();

	/**
	 * Text by which the server says that it is full, as its first message, encoded by the
	 * charset. By default none.
	 */
	private @Nullable String busyMessage;

	/**
	 * Time from connecting within which a server that closes the connection without a
	 * byte means that it is full. By default it never does, unless the profile says so.
	 */
	private @Nullable Duration occupiedWithin;

	@NestedConfigurationProperty
	private final ClientOutboundProperties outbound = new ClientOutboundProperties();

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

	public List<String> getAddresses() {
		return this.addresses;
	}

	public void setAddresses(List<String> addresses) {
		this.addresses = addresses;
	}

	public Duration getConnectTimeout() {
		return this.connectTimeout;
	}

	public void setConnectTimeout(Duration connectTimeout) {
		this.connectTimeout = connectTimeout;
	}

	public ReconnectProperties getReconnect() {
		return this.reconnect;
	}

	public @Nullable String getBusyMessage() {
		return this.busyMessage;
	}

	public void setBusyMessage(@Nullable String busyMessage) {
		this.busyMessage = busyMessage;
	}

	public @Nullable Duration getOccupiedWithin() {
		return this.occupiedWithin;
	}

	public void setOccupiedWithin(@Nullable Duration occupiedWithin) {
		this.occupiedWithin = occupiedWithin;
	}

	@Override
	public ClientOutboundProperties getOutbound() {
		return this.outbound;
	}

}
