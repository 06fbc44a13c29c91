package dev.sockets.autoconfigure;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.context.properties.PropertyMapper;

import dev.sockets.multicast.DatagramSettings;
import dev.sockets.multicast.MulticastReceiverSettings;
import dev.sockets.multicast.MulticastSenderSettings;

/**
 * Maps properties of multicast receivers and senders to settings, one line each.
 */
final class MulticastSettingsMapper {

	private final PropertyMapper map = PropertyMapper.get();

	private final EndpointSettingsMapper endpoints = new EndpointSettingsMapper();

	private final CodecResolver codecs;

	MulticastSettingsMapper(ListableBeanFactory beanFactory) {
		this.codecs = new CodecResolver(new NamedBeans(beanFactory));
	}

	MulticastReceiverSettings.Builder receiver(BoundEntry<MulticastReceiverProperties> entry) {
		MulticastReceiverProperties properties = entry.properties();
		MulticastReceiverSettings.Builder settings = MulticastReceiverSettings.builder(entry.name());
		this.map.from(properties::getPort).to(settings::port);
		this.map.from(properties::getGroups).to(settings::groups);
		this.map.from(properties::getNetworkInterfaces).to(settings::networkInterfaces);
		this.map.from(properties::getSources).to(settings::sources);
		this.map.from(properties::getMaxDatagramSize)
			.as((size) -> entry.bytes("max-datagram-size", size))
			.to(settings::maxDatagramSize);
		this.map.from(properties::getQueueCapacity)
			.to((capacity) -> settings.queue(capacity, properties.getQueueOverflow()));
		this.map.from(properties::getReceiveBuffer)
			.as((size) -> entry.bytes("receive-buffer", size))
			.to(settings::receiveBuffer);
		return settings.datagrams((datagrams) -> datagrams(entry, datagrams));
	}

	MulticastSenderSettings.Builder sender(BoundEntry<MulticastSenderProperties> entry) {
		MulticastSenderProperties properties = entry.properties();
		MulticastSenderSettings.Builder settings = MulticastSenderSettings.builder(entry.name());
		this.map.from(properties::getGroup).to(settings::group);
		this.map.from(properties::getPort).to(settings::port);
		this.map.from(properties::getNetworkInterface).to(settings::networkInterface);
		this.map.from(properties::getTimeToLive).to(settings::timeToLive);
		this.map.from(properties::isLoopback).to(settings::loopback);
		this.map.from(properties::getRequestTimeout).to(settings::requestTimeout);
		this.map.from(properties::getMaxPendingRequests).to(settings::maxPendingRequests);
		return settings.datagrams((datagrams) -> datagrams(entry, datagrams));
	}

	private void datagrams(BoundEntry<? extends DatagramProperties> entry, DatagramSettings.Builder settings) {
		DatagramProperties properties = entry.properties();
		this.map.from(() -> this.codecs.resolve(entry, properties.getCodec(), null)).to(settings::codec);
		this.endpoints.map(entry, settings);
	}

}
