package dev.sockets.tcp;

/**
 * Changes the settings of TCP clients before they are created. Beans of this type are
 * applied in their order, after the properties.
 */
@FunctionalInterface
public interface TcpClientCustomizer {

	/**
	 * Changes the settings of one client.
	 * @param name the client's name
	 * @param settings its settings so far
	 */
	void customize(String name, TcpClientSettings.Builder settings);

}
