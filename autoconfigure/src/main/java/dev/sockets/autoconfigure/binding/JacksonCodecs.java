package dev.sockets.autoconfigure.binding;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.cbor.CBORMapper;

import org.springframework.util.ClassUtils;

import dev.sockets.autoconfigure.properties.DatagramReceiverProperties;
import dev.sockets.autoconfigure.properties.EndpointProperties;
import dev.sockets.autoconfigure.properties.TcpServerProperties;
import dev.sockets.codec.Codec;
import dev.sockets.codec.Codecs;

/**
 * Creates the codecs that need Jackson, by the application's mapper when it has one.
 * Loaded only when an entry has such a codec, and Jackson is there.
 */
final class JacksonCodecs {

	private JacksonCodecs() {
	}

	static Codec json(BoundEntry<? extends EndpointProperties> entry, NamedBeans beans) {
		JsonMapper mapper = beans.only(JsonMapper.class).orElseGet(JsonMapper::new);
		Class<?> type = payloadType(entry, beans);
		return (type != null) ? Codecs.json(mapper, type) : Codecs.inferredJson(mapper);
	}

	static Codec cbor(BoundEntry<? extends EndpointProperties> entry, NamedBeans beans) {
		CBORMapper mapper = beans.only(CBORMapper.class).orElseGet(CBORMapper::new);
		Class<?> type = payloadType(entry, beans);
		return (type != null) ? Codecs.cbor(mapper, type) : Codecs.inferredCbor(mapper);
	}

	/**
	 * Returns what is received; {@code null} when the methods that take it say so.
	 */
	private static @Nullable Class<?> payloadType(BoundEntry<? extends EndpointProperties> entry, NamedBeans beans) {
		String name = entry.properties().getPayloadType();
		if (name == null) {
			return hasOneKindOfMessages(entry.properties()) ? null : Object.class;
		}
		try {
			return ClassUtils.forName(name, beans.classLoader());
		}
		catch (ClassNotFoundException | LinkageError ex) {
			throw entry.invalid("payload-type", name,
					"the full name of a class on the class path" + ((name.indexOf('<') >= 0)
							? ", without type parameters: for a list write com.example.Order[], for "
									+ "anything else a record or class that has it as a field"
							: ""));
		}
	}

	/**
	 * What a client receives may be an answer too, and what is received where messages
	 * are told apart by what is in them may be of several classes.
	 */
	private static boolean hasOneKindOfMessages(EndpointProperties properties) {
		if (properties instanceof TcpServerProperties server) {
			return server.getRouteBy() == null && !server.getCorrelation().areSet() && !server.getRpc().areOn()
					&& server.getHandshake() == null;
		}
		return properties instanceof DatagramReceiverProperties receiver && receiver.getRouteBy() == null;
	}

}
