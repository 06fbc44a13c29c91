package dev.sockets.autoconfigure.binding;

import org.springframework.beans.factory.ListableBeanFactory;

import dev.sockets.autoconfigure.properties.DatagramProperties;
import dev.sockets.autoconfigure.properties.DatagramReceiverProperties;
import dev.sockets.autoconfigure.properties.DatagramSenderProperties;
import dev.sockets.autoconfigure.properties.MulticastReceiverProperties;
import dev.sockets.autoconfigure.properties.MulticastSenderProperties;
import dev.sockets.autoconfigure.properties.UdpReceiverProperties;
import dev.sockets.autoconfigure.properties.UdpSenderProperties;
import dev.sockets.codec.Codec;
import dev.sockets.multicast.DatagramSettings;
import dev.sockets.multicast.MulticastReceiverSettings;
import dev.sockets.multicast.MulticastSenderSettings;

/**
 * Maps properties of receivers and senders of datagrams to settings, one line each.
 */
public final class MulticastSettingsMapper {

	private final EndpointSettingsMapper endpoints = new EndpointSettingsMapper();

	private final BuiltInNames names;

	private final CodecResolver codecs;

	public MulticastSettingsMapper(ListableBeanFactory beanFactory) {
		NamedBeans beans = new NamedBeans(beanFactory);
		this.names = new BuiltInNames(beans);
		this.codecs = new CodecResolver(beans);
	}

	public MulticastReceiverSettings.Builder receiver(BoundEntry<MulticastReceiverProperties> entry) {
		MulticastReceiverProperties properties = entry.properties();
		MulticastReceiverSettings.Builder settings = MulticastReceiverSettings.builder(entry.name());
		settings.groups(properties.getGroups());
		settings.networkInterfaces(properties.getNetworkInterfaces());
		return receiver(entry, settings);
	}

	public MulticastReceiverSettings.Builder udpReceiver(BoundEntry<UdpReceiverProperties> entry) {
		MulticastReceiverSettings.Builder settings = MulticastReceiverSettings.udp(entry.name());
		HostNames.check(entry, entry.properties().getHost());
		HostNames.refuseGroup(entry, entry.properties().getHost());
		settings.host(HostNames.plain(entry.properties().getHost()));
		return receiver(entry, settings);
	}

	private MulticastReceiverSettings.Builder receiver(BoundEntry<? extends DatagramReceiverProperties> entry,
			MulticastReceiverSettings.Builder settings) {
		DatagramReceiverProperties properties = entry.properties();
		if (properties.getPort() != null) {
			settings.port(properties.getPort());
		}
		settings.sources(properties.getSources());
		settings.maxDatagramSize(entry.bytes("max-datagram-size", properties.getMaxDatagramSize()));
		settings.queue(properties.getQueueCapacity(), properties.getQueueOverflow());
		settings.receiveBuffer(entry.bytes("receive-buffer", properties.getReceiveBuffer()));
		return settings.datagrams((datagrams) -> {
			Codec codec = datagrams(entry, datagrams);
			datagrams.mdc(properties.isMdc());
			datagrams.routeBy(RouteKeyMapper.map(entry, properties.getRouteBy(), properties.getCodec(), codec));
		});
	}

	public MulticastSenderSettings.Builder sender(BoundEntry<MulticastSenderProperties> entry) {
		MulticastSenderProperties properties = entry.properties();
		MulticastSenderSettings.Builder settings = MulticastSenderSettings.builder(entry.name());
		settings.group(properties.getGroup());
		settings.networkInterface(properties.getNetworkInterface());
		settings.timeToLive(properties.getTimeToLive());
		settings.loopback(properties.isLoopback());
		return sender(entry, settings);
	}

	public MulticastSenderSettings.Builder udpSender(BoundEntry<UdpSenderProperties> entry) {
		UdpSenderProperties properties = entry.properties();
		MulticastSenderSettings.Builder settings = MulticastSenderSettings.udp(entry.name());
		HostNames.check(entry, properties.getHost());
		settings.host((properties.getHost() != null) ? HostNames.plain(properties.getHost()) : null);
		settings.broadcast(properties.isBroadcast());
		settings.localAddress(properties.getLocalAddress());
		return sender(entry, settings);
	}

	private MulticastSenderSettings.Builder sender(BoundEntry<? extends DatagramSenderProperties> entry,
			MulticastSenderSettings.Builder settings) {
		DatagramSenderProperties properties = entry.properties();
		if (properties.getPort() != null) {
			settings.port(properties.getPort());
		}
		settings.requestTimeout(properties.getRequestTimeout());
		settings.maxPendingRequests(properties.getMaxPendingRequests());
		return settings.datagrams((datagrams) -> datagrams(entry, datagrams));
	}

	private Codec datagrams(BoundEntry<? extends DatagramProperties> entry, DatagramSettings.Builder settings) {
		DatagramProperties properties = entry.properties();
		this.names.canonical(entry);
		Codec codec = this.codecs.resolve(entry, properties.getCodec(), null);
		settings.codec(codec);
		this.endpoints.map(entry, settings);
		return codec;
	}

}
