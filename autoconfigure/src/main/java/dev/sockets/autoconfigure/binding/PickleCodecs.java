package dev.sockets.autoconfigure.binding;

import org.springframework.util.ClassUtils;

import dev.sockets.autoconfigure.properties.EndpointProperties;
import dev.sockets.codec.Codec;
import dev.sockets.codec.pickle.PickleCodec;

/**
 * Creates the codec {@code pickle}.
 */
final class PickleCodecs {

	private PickleCodecs() {
	}

	static Codec pickle(BoundEntry<? extends EndpointProperties> entry, NamedBeans beans) {
		EndpointProperties.Pickle properties = entry.properties().getPickle();
		PickleCodec.Builder codec = PickleCodec.builder().keepUnfit(RpcMapper.isOn(entry));
		try {
			codec.protocol(properties.getProtocol());
		}
		catch (IllegalArgumentException ex) {
			throw entry.invalid("pickle.protocol", properties.getProtocol(), "3 or 4");
		}
		properties.getClasses().forEach((python, type) -> {
			try {
				codec.map(python, ClassUtils.forName(type, beans.classLoader()));
			}
			catch (ClassNotFoundException | LinkageError | IllegalArgumentException ex) {
				throw entry.invalid("pickle.classes[" + python + "]", type,
						"the full name of a record or bean on the class path, for one class of Python with its "
								+ "module, such as shop.Order");
			}
		});
		return codec.build();
	}

}
