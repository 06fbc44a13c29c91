package dev.sockets.runtime.multicast;

import java.net.InetSocketAddress;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.sockets.AddressText;
import dev.sockets.EndpointKind;
import dev.sockets.multicast.MulticastGroups;
import dev.sockets.multicast.MulticastSenderSettings;

/**
 * Where a sender sends what names no address: to a group, or to a host, whose name is
 * looked up after each start when it is needed, and again until that succeeds; or to
 * where a source says each time. Open to all threads.
 */
final class SenderTarget {

	private final MulticastSenderSettings settings;

	private final @Nullable InetSocketAddress configured;

	private volatile @Nullable InetSocketAddress address;

	SenderTarget(MulticastSenderSettings settings) {
		this.settings = settings;
		this.configured = configured(settings);
		this.address = this.configured;
	}

	private static @Nullable InetSocketAddress configured(MulticastSenderSettings settings) {
		Integer port = settings.port();
		if (port == null || settings.targetSource() != null) {
			return null;
		}
		return (settings.group() != null) ? new InetSocketAddress(MulticastGroups.parse(settings.group()), port)
				: InetSocketAddress.createUnresolved(String.valueOf(settings.host()), port);
	}

	/** Has the name looked up anew. */
	void forget() {
		this.address = this.configured;
	}

	/**
	 * Returns the address as it is known.
	 * @return {@code null} when each call names one
	 */
	@Nullable InetSocketAddress address() {
		return this.address;
	}

	/**
	 * Returns the address, looked up unless it is known.
	 * @return still unresolved when there is no such host; {@code null} when each call
	 * names one, or the source has none
	 */
	@Nullable InetSocketAddress resolve() {
		Supplier<InetSocketAddress> source = this.settings.targetSource();
		if (source == null) {
			return lookUp();
		}
		try {
			return ask(source);
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

	private InetSocketAddress ask(Supplier<InetSocketAddress> source) {
		InetSocketAddress told = source.get();
		this.address = told;
		return told;
	}

	private @Nullable InetSocketAddress lookUp() {
		InetSocketAddress known = this.address;
		if (known != null && known.isUnresolved()) {
			known = new InetSocketAddress(known.getHostString(), known.getPort());
			this.address = known;
		}
		return known;
	}

	/**
	 * Returns the address, looked up unless it is known.
	 * @throws IllegalStateException when there is none
	 * @throws RuntimeException what the source throws
	 */
	InetSocketAddress require() {
		Supplier<InetSocketAddress> source = this.settings.targetSource();
		InetSocketAddress address = (source != null) ? ask(source) : lookUp();
		if (address == null) {
			String what = (this.settings.kind() == EndpointKind.UDP_SENDER) ? "host" : "group";
			throw new IllegalStateException("'" + this.settings.name() + "' has no " + what + "; set "
					+ this.settings.datagrams().path() + "." + what + " and .port, or name one in the call");
		}
		return address;
	}

	/** Returns it as the end of a sentence. */
	@Override
	public String toString() {
		InetSocketAddress address = this.address;
		return (address != null) ? " to " + AddressText.asNamed(address) : "";
	}

}
