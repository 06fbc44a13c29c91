package dev.sockets.autoconfigure.binding;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.sockets.autoconfigure.properties.RpcProperties;
import dev.sockets.autoconfigure.properties.TcpConnectionProperties;
import dev.sockets.rpc.RpcSettings;

/**
 * Maps {@code rpc} and {@code rpc.*}. A key below it turns it on for the entry that has
 * it.
 */
final class RpcMapper {

	private static final Set<BuiltInCodec> WITHOUT_LISTS = Set.of(BuiltInCodec.TEXT, BuiltInCodec.BYTES);

	private RpcMapper() {
	}

	static @Nullable RpcSettings map(BoundEntry<? extends TcpConnectionProperties> entry) {
		RpcProperties rpc = entry.properties().getRpc();
		if (!rpc.areOn() && !entry.has("rpc.error-detail") && !entry.has("rpc.handlers")) {
			return null;
		}
		String codec = ProfileValues.codec(entry);
		if (BuiltInCodec.of(codec).filter(WITHOUT_LISTS::contains).isPresent()) {
			throw entry.invalid("codec", codec,
					"one that knows lists, as requests by opcode are some: cbor, with framing length4, or profile rpc");
		}
		String payloadType = entry.properties().getPayloadType();
		if (payloadType != null) {
			throw entry.invalid("payload-type", payloadType,
					"left out: with rpc, what is received are requests and replies");
		}
		return new RpcSettings(rpc.getErrorDetail(), rpc.getHandlers());
	}

}
