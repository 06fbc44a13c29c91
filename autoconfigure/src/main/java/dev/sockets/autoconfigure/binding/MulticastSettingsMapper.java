package dev.sockets.autoconfigure.binding;

import org.springframework.beans.factory.ListableBeanFactory;

import dev.sockets.autoconfigure.properties.DatagramProperties;
import dev.sockets.autoconfigure.properties.MulticastReceiverProperties;
import dev.sockets.autoconfigure.properties.MulticastSenderProperties;
import dev.sockets.codec.Codec;
import dev.sockets.multicast.DatagramSettings;
import dev.sockets.multicast.MulticastReceiverSettings;
import dev.sockets.multicast.MulticastSenderSettings;

/**
 * Maps properties of multicast receivers and senders to settings, one line each.
 */
public final class MulticastSettingsMapper {

	private final EndpointSettingsMapper endpoints = new EndpointSettingsMapper();

	private final CodecResolver codecs;

	public MulticastSettingsMapper(ListableBeanFactory beanFactory) {
		this.codecs = new CodecResolver(new NamedBeans(beanFactory));
	}

	public MulticastReceiverSettings.Builder receiver(BoundEntry<MulticastReceiverProperties> entry) {
		MulticastReceiverProperties properties = entry.properties();
		MulticastReceiverSettings.Builder settings = MulticastReceiverSettings.builder(entry.name());
		if (properties.getPort() != null) {
			settings.port(properties.getPort());
		}
		settings.groups(properties.getGroups());
		settings.networkInterfaces(properties.getNetworkInterfaces());
		settings.sources(properties.getSources());
		settings.maxDatagramSize(entry.bytes("max-datagram-size", properties.getMaxDatagramSize()));
		settings.queue(properties.getQueueCapacity(), properties.getQueueOverflow());
		settings.receiveBuffer(entry.bytes("receive-buffer", properties.getReceiveBuffer()));
		return settings.datagrams((datagrams) -> {
			Codec codec = datagrams(entry, datagrams);
			datagrams.routeBy(RouteKeyMapper.map(entry, properties.getRouteBy(), properties.getCodec(), codec));
		});
	}

	public MulticastSenderSettings.Builder sender(BoundEntry<MulticastSenderProperties> entry) {
		MulticastSenderProperties properties = entry.properties();
		MulticastSenderSettings.Builder settings = MulticastSenderSettings.builder(entry.name());
		settings.group(properties.getGroup());
		if (properties.getPort() != null) {
			settings.port(properties.getPort());
		}
		settings.networkInterface(properties.getNetworkInterface());
		settings.timeToLive(properties.getTimeToLive());
		settings.loopback(properties.isLoopback());
		settings.requestTimeout(properties.getRequestTimeout());
		settings.maxPendingRequests(properties.getMaxPendingRequests());
		return settings.datagrams((datagrams) -> datagrams(entry, datagrams));
	}

	private Codec datagrams(BoundEntry<? extends DatagramProperties> entry, DatagramSettings.Builder settings) {
		DatagramProperties properties = entry.properties();
		Codec codec = this.codecs.resolve(entry, properties.getCodec(), null);
		settings.codec(codec);
		this.endpoints.map(entry, settings);
		return codec;
	}

}
