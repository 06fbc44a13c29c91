package dev.sockets.autoconfigure;

import java.util.stream.Stream;

import org.springframework.beans.factory.BeanFactory;

import dev.sockets.autoconfigure.binding.BoundEntry;
import dev.sockets.autoconfigure.binding.EndpointEntry;
import dev.sockets.autoconfigure.binding.EntryBinder;
import dev.sockets.autoconfigure.binding.MulticastSettingsMapper;
import dev.sockets.autoconfigure.properties.MulticastReceiverProperties;
import dev.sockets.autoconfigure.properties.MulticastSenderProperties;
import dev.sockets.autoconfigure.properties.UdpReceiverProperties;
import dev.sockets.autoconfigure.properties.UdpSenderProperties;
import dev.sockets.multicast.MulticastReceiver;
import dev.sockets.multicast.MulticastReceiverCustomizer;
import dev.sockets.multicast.MulticastReceiverSettings;
import dev.sockets.multicast.MulticastSender;
import dev.sockets.multicast.MulticastSenderCustomizer;
import dev.sockets.multicast.MulticastSenderSettings;
import dev.sockets.runtime.multicast.MulticastEndpoints;
import dev.sockets.udp.UdpReceiver;
import dev.sockets.udp.UdpSender;

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
		return this.endpoints
			.receiver(customized(entry, this.mapper.receiver(bind(entry, new MulticastReceiverProperties()))));
	}

	UdpReceiver udpReceiver(EndpointEntry entry) {
		return this.endpoints
			.udpReceiver(customized(entry, this.mapper.udpReceiver(bind(entry, new UdpReceiverProperties()))));
	}

	MulticastSender sender(EndpointEntry entry) {
		return this.endpoints
			.sender(customized(entry, this.mapper.sender(bind(entry, new MulticastSenderProperties()))));
	}

	UdpSender udpSender(EndpointEntry entry) {
		return this.endpoints
			.udpSender(customized(entry, this.mapper.udpSender(bind(entry, new UdpSenderProperties()))));
	}

	private <P> BoundEntry<P> bind(EndpointEntry entry, P properties) {
		return this.binder.bind(entry, properties);
	}

	private MulticastReceiverSettings customized(EndpointEntry entry, MulticastReceiverSettings.Builder settings) {
		beans(MulticastReceiverCustomizer.class).forEach((customizer) -> customizer.customize(entry.name(), settings));
		return settings.build();
	}

	private MulticastSenderSettings customized(EndpointEntry entry, MulticastSenderSettings.Builder settings) {
		beans(MulticastSenderCustomizer.class).forEach((customizer) -> customizer.customize(entry.name(), settings));
		return settings.build();
	}

	private <T> Stream<T> beans(Class<T> type) {
		return this.beanFactory.getBeanProvider(type).orderedStream();
	}

}
