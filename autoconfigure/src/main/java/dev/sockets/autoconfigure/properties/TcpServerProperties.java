package dev.sockets.autoconfigure.properties;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;

import dev.sockets.tcp.WhenFull;

/**
 * A TCP server.
 */
public class TcpServerProperties extends TcpAccessProperties {

	/**
	 * Address or name of the interface to listen on.
	 */
	private String host = "0.0.0.0";

	/**
	 * Port to listen on; 0 picks a free one. Required, unless there are ports or a path.
	 */
	private @Nullable Integer port;

	/**
	 * Several ports and ranges of them instead of port: 7001,7010-7019.
	 */
	private List<String> ports = new ArrayList<>();

	/**
	 * Path of a Unix domain socket to listen on, instead of host and port.
	 */
	private @Nullable String path;

	/**
	 * Permissions of the file of a path, such as rw-rw----: who may write to it may
	 * connect. By default what the process gives.
	 */
	private @Nullable String pathPermissions;

	/**
	 * Connections that may wait to be accepted.
	 */
	private int backlog = 1024;

	/**
	 * Most connections open at a time.
	 */
	private int maxConnections = 10_000;

	/**
	 * Most connections from one address. By default any number.
	 */
	private @Nullable Integer maxConnectionsPerAddress;

	/**
	 * Most groups that a connection may be in.
	 */
	private int maxGroups = 100;

	/**
	 * Whether servers of that name on other nodes are one with it, where there are
	 * others.
	 */
	private boolean backplane = true;

	/**
	 * Fate of a new connection when there are as many as allowed, or the server is
	 * paused.
	 */
	private WhenFull whenFull = WhenFull.REJECT;

	/**
	 * Text sent before a connection is rejected, encoded by the charset. By default none.
	 */
	private @Nullable String busyMessage;

	/**
	 * Time that a rejected connection stays open, at most 10s.
	 */
	private Duration rejectDelay = Duration.ZERO;

	@NestedConfigurationProperty
	private final Outbound outbound = new Outbound();

	/**
	 * Time from connecting to the first byte. By default there is no limit.
	 */
	private @Nullable Duration firstDataTimeout;

	/**
	 * Time that a peer may take to authenticate, where it has to.
	 */
	private Duration handshakeTimeout = Duration.ofSeconds(5);

	/**
	 * Name of a SocketAuthenticator bean that says who a peer is, by a user name and a
	 * password, or by its certificate. By default there is none.
	 */
	private @Nullable String authenticator;

	@NestedConfigurationProperty
	private final Shutdown shutdown = new Shutdown();

	/**
	 * Text sent before a connection is closed because the server stops, encoded by the
	 * charset. By default none.
	 */
	private @Nullable String goodbyeMessage;

	@NestedConfigurationProperty
	private final Health health = new Health();

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

	public List<String> getPorts() {
		return this.ports;
	}

	public void setPorts(List<String> ports) {
		this.ports = ports;
	}

	public @Nullable String getPath() {
		return this.path;
	}

	public void setPath(@Nullable String path) {
		this.path = path;
	}

	public @Nullable String getPathPermissions() {
		return this.pathPermissions;
	}

	public void setPathPermissions(@Nullable String pathPermissions) {
		this.pathPermissions = pathPermissions;
	}

	public int getBacklog() {
		return this.backlog;
	}

	public void setBacklog(int backlog) {
		this.backlog = backlog;
	}

	public int getMaxConnections() {
		return this.maxConnections;
	}

	public void setMaxConnections(int maxConnections) {
		this.maxConnections = maxConnections;
	}

	public @Nullable Integer getMaxConnectionsPerAddress() {
		return this.maxConnectionsPerAddress;
	}

	public void setMaxConnectionsPerAddress(@Nullable Integer maxConnectionsPerAddress) {
		this.maxConnectionsPerAddress = maxConnectionsPerAddress;
	}

	public int getMaxGroups() {
		return this.maxGroups;
	}

	public void setMaxGroups(int maxGroups) {
		this.maxGroups = maxGroups;
	}

	public boolean isBackplane() {
		return this.backplane;
	}

	public void setBackplane(boolean backplane) {
		this.backplane = backplane;
	}

	public WhenFull getWhenFull() {
		return this.whenFull;
	}

	public void setWhenFull(WhenFull whenFull) {
		this.whenFull = whenFull;
	}

	public @Nullable String getBusyMessage() {
		return this.busyMessage;
	}

	public void setBusyMessage(@Nullable String busyMessage) {
		this.busyMessage = busyMessage;
	}

	public Duration getRejectDelay() {
		return this.rejectDelay;
	}

	public void setRejectDelay(Duration rejectDelay) {
		this.rejectDelay = rejectDelay;
	}

	@Override
	public Outbound getOutbound() {
		return this.outbound;
	}

	public @Nullable Duration getFirstDataTimeout() {
		return this.firstDataTimeout;
	}

	public void setFirstDataTimeout(@Nullable Duration firstDataTimeout) {
		this.firstDataTimeout = firstDataTimeout;
	}

	public Duration getHandshakeTimeout() {
		return this.handshakeTimeout;
	}

	public void setHandshakeTimeout(Duration handshakeTimeout) {
		this.handshakeTimeout = handshakeTimeout;
	}

	public @Nullable String getAuthenticator() {
		return this.authenticator;
	}

	public void setAuthenticator(@Nullable String authenticator) {
		this.authenticator = authenticator;
	}

	public Health getHealth() {
		return this.health;
	}

	@Override
	public boolean countsForHealth() {
		return this.health.isRequired();
	}

	public Shutdown getShutdown() {
		return this.shutdown;
	}

	public @Nullable String getGoodbyeMessage() {
		return this.goodbyeMessage;
	}

	public void setGoodbyeMessage(@Nullable String goodbyeMessage) {
		this.goodbyeMessage = goodbyeMessage;
	}

	/**
	 * The end of a server.
	 */
	public static class Shutdown {

		/**
		 * Time that stopping waits for messages being handled.
		 */
		private Duration gracePeriod = Duration.ofSeconds(30);

		public Duration getGracePeriod() {
			return this.gracePeriod;
		}

		public void setGracePeriod(Duration gracePeriod) {
			this.gracePeriod = gracePeriod;
		}

	}

}
