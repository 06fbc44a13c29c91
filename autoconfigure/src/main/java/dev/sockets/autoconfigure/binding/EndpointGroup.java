package dev.sockets.autoconfigure.binding;

import java.util.Set;
import java.util.function.Supplier;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.util.function.SingletonSupplier;

import dev.sockets.EndpointKind;
import dev.sockets.autoconfigure.properties.MulticastReceiverProperties;
import dev.sockets.autoconfigure.properties.MulticastSenderProperties;
import dev.sockets.autoconfigure.properties.TcpClientProperties;
import dev.sockets.autoconfigure.properties.TcpServerProperties;
import dev.sockets.autoconfigure.properties.UdpReceiverProperties;
import dev.sockets.autoconfigure.properties.UdpSenderProperties;

/**
 * A map of named entries in the configuration, and the defaults that go with it.
 */
public enum EndpointGroup {

	/** {@code sockets.tcp.server}. */
	TCP_SERVER(EndpointKind.TCP_SERVER, TcpServerProperties.class),

	/** {@code sockets.tcp.client}. */
	TCP_CLIENT(EndpointKind.TCP_CLIENT, TcpClientProperties.class),

	/** {@code sockets.multicast.receiver}. */
	MULTICAST_RECEIVER(EndpointKind.MULTICAST_RECEIVER, MulticastReceiverProperties.class),

	/** {@code sockets.multicast.sender}. */
	MULTICAST_SENDER(EndpointKind.MULTICAST_SENDER, MulticastSenderProperties.class),

	/** {@code sockets.udp.receiver}. */
	UDP_RECEIVER(EndpointKind.UDP_RECEIVER, UdpReceiverProperties.class),

	/** {@code sockets.udp.sender}. */
	UDP_SENDER(EndpointKind.UDP_SENDER, UdpSenderProperties.class);

	private final EndpointKind kind;

	private final Supplier<Set<String>> keys;

	EndpointGroup(EndpointKind kind, Class<?> properties) {
		this.kind = kind;
		this.keys = SingletonSupplier.of(() -> PropertyNames.of(properties));
	}

	/**
	 * Returns the keys that an entry can have.
	 */
	Set<String> keys() {
		return this.keys.get();
	}

	void checkName(String name) {
		this.kind.checkName(name);
	}

	public String path(String name) {
		return this.kind.path(name);
	}

	/**
	 * Returns the entry of a key such as {@code sockets.tcp.server.echo.port}.
	 */
	EndpointEntry entry(ConfigurationPropertyName key) {
		int elements = root().getNumberOfElements();
		return new EndpointEntry(this, key.getElement(elements, Form.ORIGINAL), key.chop(elements + 1));
	}

	/**
	 * Returns whether a path is that of the defaults, or of an entry.
	 */
	boolean isOrHas(String path) {
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(path, '.');
		return defaults().equals(name) || root().isParentOf(name);
	}

	ConfigurationPropertyName root() {
		return ConfigurationPropertyName.of(path("any")).getParent();
	}

	public ConfigurationPropertyName defaults() {
		return ConfigurationPropertyName.of(root() + "-defaults");
	}

}
