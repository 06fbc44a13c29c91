package dev.sockets.tcp;

/**
 * Changes the settings of TCP servers before they are created. Beans of this type are
 * applied in their order, after the properties.
 */
@FunctionalInterface
public interface TcpServerCustomizer {

	/**
	 * Changes the settings of one server.
	 * @param name the server's name
	 * @param settings its settings so far
	 */
	void customize(String name, TcpServerSettings.Builder settings);

}
