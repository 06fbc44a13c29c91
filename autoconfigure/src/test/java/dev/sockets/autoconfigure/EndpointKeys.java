package dev.sockets.autoconfigure;

import java.beans.PropertyDescriptor;
import java.util.Arrays;
import java.util.stream.Stream;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.core.ResolvableType;

import dev.sockets.autoconfigure.binding.EndpointGroup;
import dev.sockets.autoconfigure.properties.MulticastReceiverProperties;
import dev.sockets.autoconfigure.properties.MulticastSenderProperties;
import dev.sockets.autoconfigure.properties.SocketsProperties;
import dev.sockets.autoconfigure.properties.TcpClientProperties;
import dev.sockets.autoconfigure.properties.TcpServerProperties;
import dev.sockets.autoconfigure.properties.UdpReceiverProperties;
import dev.sockets.autoconfigure.properties.UdpSenderProperties;

/**
 * All keys of all kinds of endpoints.
 */
final class EndpointKeys {

	/**
	 * A key.
	 *
	 * @param group the kind of endpoint that has it
	 * @param name its name below an entry
	 * @param path the path of its value in an object of properties
	 * @param type the type of its value
	 */
	record Key(EndpointGroup group, String name, String path, ResolvableType type) {

		/** Returns whether it has a text, or several. */
		boolean isText() {
			return this.type.toClass() == String.class
					|| this.type.asCollection().getGeneric(0).resolve() == String.class;
		}

		/** Returns its full name among the defaults of its group. */
		String inDefaults() {
			return this.group.defaults() + "." + this.name;
		}

		@Override
		public String toString() {
			return this.group.path("x") + "." + this.name;
		}

	}

	private EndpointKeys() {
	}

	static Stream<Key> all() {
		return Arrays.stream(EndpointGroup.values()).flatMap((group) -> keys(group, "", "", properties(group)));
	}

	private static Class<?> properties(EndpointGroup group) {
		return switch (group) {
			case TCP_SERVER -> TcpServerProperties.class;
			case TCP_CLIENT -> TcpClientProperties.class;
			case MULTICAST_RECEIVER -> MulticastReceiverProperties.class;
			case MULTICAST_SENDER -> MulticastSenderProperties.class;
			case UDP_RECEIVER -> UdpReceiverProperties.class;
			case UDP_SENDER -> UdpSenderProperties.class;
		};
	}

	private static Stream<Key> keys(EndpointGroup group, String prefix, String path, Class<?> type) {
		return Arrays.stream(BeanUtils.getPropertyDescriptors(type))
			.filter((property) -> !property.getReadMethod().getName().equals(property.getName()))
			.filter((property) -> !property.getName().equals("class"))
			.flatMap((property) -> keys(group, prefix, path, property));
	}

	private static Stream<Key> keys(EndpointGroup group, String prefix, String path, PropertyDescriptor property) {
		String name = prefix + DataObjectPropertyName.toDashedForm(property.getName());
		String place = path + property.getName();
		Class<?> type = property.getPropertyType();
		boolean below = type.getPackage() == SocketsProperties.class.getPackage() && !type.isEnum();
		return below ? keys(group, name + ".", place + ".", type)
				: Stream.of(new Key(group, name, place, ResolvableType.forMethodReturnType(property.getReadMethod())));
	}

}
