package dev.sockets.multicast;

/**
 * Changes the settings of multicast and UDP senders that come from the configuration,
 * before the sender is made. Beans of this type are called in their order.
 */
@FunctionalInterface
public interface MulticastSenderCustomizer {

	/**
	 * Changes the settings of a sender.
	 * @param name the sender's name
	 * @param settings its settings
	 */
	void customize(String name, MulticastSenderSettings.Builder settings);

}
