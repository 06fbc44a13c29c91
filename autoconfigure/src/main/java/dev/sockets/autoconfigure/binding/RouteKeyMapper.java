package dev.sockets.autoconfigure.binding;

import java.util.Locale;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.sockets.InvalidSettingException;
import dev.sockets.RouteKey;
import dev.sockets.autoconfigure.properties.EndpointProperties;
import dev.sockets.codec.Codec;
import dev.sockets.codec.JsonRouteKey;

/**
 * Maps {@code route-by} to what finds the key of a message.
 */
final class RouteKeyMapper {

	private static final String KEY = "route-by";

	private static final String FIRST_WORD = "first-word";

	private static final String JSON = "json:";

	private static final String BYTE = "byte:";

	private RouteKeyMapper() {
	}

	/**
	 * Returns what finds the key of a message.
	 * @param entry the entry
	 * @param routeBy the value of the key
	 * @param codecName the name of the entry's codec
	 * @param codec the codec
	 * @return {@code null} when messages are not routed
	 */
	static @Nullable RouteKey map(BoundEntry<? extends EndpointProperties> entry, @Nullable String routeBy,
			String codecName, Codec codec) {
		if (RpcMapper.isOn(entry)) {
			entry.refuse(KEY, "with rpc messages are requests, which go by their opcode");
			return null;
		}
		if (routeBy == null) {
			return null;
		}
		if (routeBy.startsWith(JSON)) {
			require(entry, routeBy, codecName, "maps and lists", BuiltInCodec.JSON, BuiltInCodec.CBOR,
					BuiltInCodec.PICKLE);
			return key(entry, routeBy, () -> new JsonRouteKey(routeBy.substring(JSON.length()), codec));
		}
		if (routeBy.startsWith(BYTE)) {
			require(entry, routeBy, codecName, "bytes", BuiltInCodec.BYTES);
			return key(entry, routeBy, () -> RouteKey.byteAt(Integer.parseInt(routeBy.substring(BYTE.length()))));
		}
		if (routeBy.toLowerCase(Locale.ROOT).replace('_', '-').equals(FIRST_WORD)) {
			require(entry, routeBy, codecName, "text", BuiltInCodec.TEXT);
			return RouteKey.firstWord();
		}
		throw invalid(entry, routeBy);
	}

	private static RouteKey key(BoundEntry<?> entry, String routeBy, Supplier<RouteKey> key) {
		try {
			return key.get();
		}
		catch (IllegalArgumentException ex) {
			throw invalid(entry, routeBy);
		}
	}

	private static void require(BoundEntry<?> entry, String routeBy, String codec, String what,
			BuiltInCodec... codecs) {
		if (BuiltInCodec.of(codec).filter((builtIn) -> !List.of(codecs).contains(builtIn)).isPresent()) {
			throw entry.invalid(KEY, routeBy,
					"another one: it looks into %s, and the codec is '%s'".formatted(what, codec));
		}
	}

	private static InvalidSettingException invalid(BoundEntry<?> entry, String routeBy) {
		return entry.invalid(KEY, routeBy,
				"first-word, json:/<pointer> such as json:/type, or byte:<offset> such as byte:0");
	}

}
