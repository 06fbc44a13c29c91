package dev.sockets.test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.sockets.EndpointKind;
import dev.sockets.multicast.MulticastGroups;
import dev.sockets.multicast.MulticastSenderCustomizer;
import dev.sockets.multicast.MulticastSenderSettings;

/**
 * Has senders to hosts send to the receivers of the same context only, wherever these
 * receive now, and keeps on this machine what is sent to groups.
 */
final class LocalSenderCustomizer implements MulticastSenderCustomizer {

	private final LocalReceivers receivers;

	private final LocalStarts starts;

	LocalSenderCustomizer(LocalReceivers receivers, LocalStarts starts) {
		this.receivers = receivers;
		this.starts = starts;
	}

	@Override
	public void customize(String name, MulticastSenderSettings.Builder settings) {
		MulticastSenderSettings configured = settings.build();
		if (configured.kind() == EndpointKind.UDP_SENDER) {
			toHosts(configured, settings);
		}
		else {
			toGroups(configured, settings);
		}
	}

	private void toGroups(MulticastSenderSettings configured, MulticastSenderSettings.Builder settings) {
		settings.timeToLive(0);
		String group = configured.group();
		Integer port = configured.port();
		if (group != null && port != null) {
			InetAddress address = MulticastGroups.parse(group);
			settings.target(() -> new InetSocketAddress(address,
					this.receivers.ofGroup(group, port).map(this.receivers::port).orElse(port)));
		}
	}

	private void toHosts(MulticastSenderSettings configured, MulticastSenderSettings.Builder settings) {
		String host = configured.host();
		Integer port = configured.port();
		String reason = (host == null || port == null) ? "each call says where it sends to"
				: "no receiver of the context is configured to receive on " + host + ":" + port;
		settings.localAddress(null);
		if (host != null && port != null) {
			settings.target(() -> target(configured.name(), host, port, reason));
		}
		if (configured.datagrams().autoStartup()) {
			settings.datagrams((datagrams) -> datagrams.autoStartup(false));
			this.starts.add(configured.name(), () -> receiver(host, port).isPresent(), reason);
		}
	}

	private Optional<String> receiver(@Nullable String host, @Nullable Integer port) {
		return (host != null && port != null) ? this.receivers.ofHost(host, port) : Optional.empty();
	}

	private InetSocketAddress target(String name, String host, int port, String reason) {
		String receiver = this.receivers.ofHost(host, port)
			.orElseThrow(() -> new IllegalStateException("'" + name + "' does not send in this test: " + reason));
		return new InetSocketAddress(host, this.receivers.port(receiver));
	}

}
