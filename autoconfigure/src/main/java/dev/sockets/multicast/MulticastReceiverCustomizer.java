package dev.sockets.multicast;

/**
 * Changes the settings of multicast and UDP receivers that come from the configuration,
 * before the receiver is made. Beans of this type are called in their order.
 */
@FunctionalInterface
public interface MulticastReceiverCustomizer {

	/**
	 * Changes the settings of a receiver.
	 * @param name the receiver's name
	 * @param settings its settings
	 */
	void customize(String name, MulticastReceiverSettings.Builder settings);

}
