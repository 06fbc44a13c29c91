package dev.sockets.autoconfigure.properties;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.context.properties.NestedConfigurationProperty;

import dev.sockets.autoconfigure.binding.EntryBinder;

/**
 * TCP servers and clients, as they were written: the entries here don't know the defaults
 * of their group, {@link EntryBinder} does.
 */
public class TcpProperties {

	/**
	 * TCP servers by name.
	 */
	private final Map<String, TcpServerProperties> server = new LinkedHashMap<>();

	/**
	 * TCP clients by name.
	 */
	private final Map<String, TcpClientProperties> client = new LinkedHashMap<>();

	@NestedConfigurationProperty
	private final TcpServerProperties serverDefaults = new TcpServerProperties();

	@NestedConfigurationProperty
	private final TcpClientProperties clientDefaults = new TcpClientProperties();

	public Map<String, TcpServerProperties> getServer() {
		return this.server;
	}

	public Map<String, TcpClientProperties> getClient() {
		return this.client;
	}

	public TcpServerProperties getServerDefaults() {
		return this.serverDefaults;
	}

	public TcpClientProperties getClientDefaults() {
		return this.clientDefaults;
	}

}
