package dev.sockets.autoconfigure;

import java.util.stream.Stream;

import org.springframework.beans.factory.BeanFactory;

import dev.sockets.autoconfigure.binding.EndpointEntry;
import dev.sockets.autoconfigure.binding.EntryBinder;
import dev.sockets.autoconfigure.binding.MulticastSettingsMapper;
import dev.sockets.autoconfigure.properties.MulticastReceiverProperties;
import dev.sockets.autoconfigure.properties.MulticastSenderProperties;
import dev.sockets.multicast.MulticastReceiver;
import dev.sockets.multicast.MulticastReceiverCustomizer;
import dev.sockets.multicast.MulticastReceiverSettings;
import dev.sockets.multicast.MulticastSender;
import dev.sockets.multicast.MulticastSenderCustomizer;
import dev.sockets.multicast.MulticastSenderSettings;
import dev.sockets.runtime.multicast.MulticastEndpoints;

/**
 * Creates the receiver or sender of an entry: its properties first, then the customizers.
 */
final class MulticastEndpointFactory {

	private final MulticastEndpoints endpoints;

	private final EntryBinder binder;

	private final MulticastSettingsMapper mapper;

	private final BeanFactory beanFactory;

	MulticastEndpointFactory(MulticastEndpoints endpoints, EntryBinder binder, MulticastSettingsMapper mapper,
			BeanFactory beanFactory) {
		this.endpoints = endpoints;
		this.binder = binder;
		this.mapper = mapper;
		this.beanFactory = beanFactory;
	}

	MulticastReceiver receiver(EndpointEntry entry) {
		MulticastReceiverSettings.Builder settings = this.mapper
			.receiver(this.binder.bind(entry, new MulticastReceiverProperties()));
		beans(MulticastReceiverCustomizer.class).forEach((customizer) -> customizer.customize(entry.name(), settings));
		return this.endpoints.receiver(settings.build());
	}

	MulticastSender sender(EndpointEntry entry) {
		MulticastSenderSettings.Builder settings = this.mapper
			.sender(this.binder.bind(entry, new MulticastSenderProperties()));
		beans(MulticastSenderCustomizer.class).forEach((customizer) -> customizer.customize(entry.name(), settings));
		return this.endpoints.sender(settings.build());
	}

	private <T> Stream<T> beans(Class<T> type) {
		return this.beanFactory.getBeanProvider(type).orderedStream();
	}

}
