package dev.sockets.autoconfigure.binding;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.cbor.CBORMapper;

import org.springframework.util.ClassUtils;

import dev.sockets.autoconfigure.properties.EndpointProperties;
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
		return Codecs.json(beans.only(JsonMapper.class).orElseGet(JsonMapper::new), payloadType(entry, beans));
	}

	static Codec cbor(BoundEntry<? extends EndpointProperties> entry, NamedBeans beans) {
		return Codecs.cbor(beans.only(CBORMapper.class).orElseGet(CBORMapper::new), payloadType(entry, beans));
	}

	private static Class<?> payloadType(BoundEntry<? extends EndpointProperties> entry, NamedBeans beans) {
		String name = entry.properties().getPayloadType();
		if (name == null) {
			return Object.class;
		}
		try {
			return ClassUtils.forName(name, beans.classLoader());
		}
		catch (ClassNotFoundException | LinkageError ex) {
			throw entry.invalid("payload-type", name, "the full name of a class on the class path");
		}
	}

}
