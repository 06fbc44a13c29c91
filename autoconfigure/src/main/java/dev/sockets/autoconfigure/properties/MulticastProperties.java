package dev.sockets.autoconfigure.properties;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.context.properties.NestedConfigurationProperty;

import dev.sockets.autoconfigure.binding.EntryBinder;

/**
 * Multicast receivers and senders, as they were written: the entries here don't know the
 * defaults of their group, {@link EntryBinder} does.
 */
public class MulticastProperties {

	/**
	 * Multicast receivers by name.
	 */
	private final Map<String, MulticastReceiverProperties> receiver = new LinkedHashMap<>();

	/**
	 * Multicast senders by name.
	 */
	private final Map<String, MulticastSenderProperties> sender = new LinkedHashMap<>();

	@NestedConfigurationProperty
	private final MulticastReceiverProperties receiverDefaults = new MulticastReceiverProperties();

	@NestedConfigurationProperty
	private final MulticastSenderProperties senderDefaults = new MulticastSenderProperties();

	public Map<String, MulticastReceiverProperties> getReceiver() {
		return this.receiver;
	}

	public Map<String, MulticastSenderProperties> getSender() {
		return this.sender;
	}

	public MulticastReceiverProperties getReceiverDefaults() {
		return this.receiverDefaults;
	}

	public MulticastSenderProperties getSenderDefaults() {
		return this.senderDefaults;
	}

}
