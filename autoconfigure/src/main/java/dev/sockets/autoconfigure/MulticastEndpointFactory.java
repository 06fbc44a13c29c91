package dev.sockets.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;

import dev.sockets.multicast.MulticastReceiver;
import dev.sockets.multicast.MulticastReceiverCustomizer;
import dev.sockets.multicast.MulticastReceiverSettings;
import dev.sockets.multicast.MulticastSender;
import dev.sockets.multicast.MulticastSenderCustomizer;
import dev.sockets.multicast.MulticastSenderSettings;
import dev.sockets.multicast.endpoint.MulticastEndpoints;

/**
 * Creates the receiver or sender of an entry: its properties first, then the customizers.
 */
final class MulticastEndpointFactory {

	private final MulticastEndpoints endpoints;

	private final EntryBinder binder;

	private final MulticastSettingsMapper mapper;

	private final ObjectProvider<MulticastReceiverCustomizer> receiverCustomizers;

	private final ObjectProvider<MulticastSenderCustomizer> senderCustomizers;

	MulticastEndpointFactory(MulticastEndpoints endpoints, EntryBinder binder, MulticastSettingsMapper mapper,
			ObjectProvider<MulticastReceiverCustomizer> receiverCustomizers,
			ObjectProvider<MulticastSenderCustomizer> senderCustomizers) {
		this.endpoints = endpoints;
		this.binder = binder;
		this.mapper = mapper;
		this.receiverCustomizers = receiverCustomizers;
		this.senderCustomizers = senderCustomizers;
	}

	MulticastReceiver receiver(EndpointEntry entry) {
		MulticastReceiverSettings.Builder settings = this.mapper
			.receiver(this.binder.bind(entry, new MulticastReceiverProperties()));
		this.receiverCustomizers.orderedStream().forEach((customizer) -> customizer.customize(entry.name(), settings));
		return this.endpoints.receiver(settings.build());
	}

	MulticastSender sender(EndpointEntry entry) {
		MulticastSenderSettings.Builder settings = this.mapper
			.sender(this.binder.bind(entry, new MulticastSenderProperties()));
		this.senderCustomizers.orderedStream().forEach((customizer) -> customizer.customize(entry.name(), settings));
		return this.endpoints.sender(settings.build());
	}

}
