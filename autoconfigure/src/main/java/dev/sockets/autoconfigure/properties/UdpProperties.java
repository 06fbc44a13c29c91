package dev.sockets.autoconfigure.properties;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.context.properties.NestedConfigurationProperty;

import dev.sockets.autoconfigure.binding.EntryBinder;

/**
 * UDP receivers and senders without groups, as they were written: the entries here don't
 * know the defaults of their group, {@link EntryBinder} does.
 */
public class UdpProperties {

	/**
	 * UDP receivers by name.
	 */
	private final Map<String, UdpReceiverProperties> receiver = new LinkedHashMap<>();

	/**
	 * UDP senders by name.
	 */
	private final Map<String, UdpSenderProperties> sender = new LinkedHashMap<>();

	@NestedConfigurationProperty
	private final UdpReceiverProperties receiverDefaults = new UdpReceiverProperties();

	@NestedConfigurationProperty
	private final UdpSenderProperties senderDefaults = new UdpSenderProperties();

	public Map<String, UdpReceiverProperties> getReceiver() {
		return this.receiver;
	}

	public Map<String, UdpSenderProperties> getSender() {
		return this.sender;
	}

	public UdpReceiverProperties getReceiverDefaults() {
		return this.receiverDefaults;
	}

	public UdpSenderProperties getSenderDefaults() {
		return this.senderDefaults;
	}

}
