package dev.sockets.autoconfigure.binding;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.sockets.autoconfigure.properties.EndpointProperties;
import dev.sockets.autoconfigure.properties.RpcProperties;
import dev.sockets.autoconfigure.properties.TcpConnectionProperties;
import dev.sockets.rpc.RpcSettings;
import dev.sockets.rpc.WireFormat;

/**
 * Maps {@code rpc} and {@code rpc.*}. A key below it turns it on for the entry that has
 * it.
 */
final class RpcMapper {

	private static final Set<BuiltInCodec> WITHOUT_LISTS = Set.of(BuiltInCodec.TEXT, BuiltInCodec.BYTES);

	private static final List<String> KEYS = List.of("rpc.wire-format", "rpc.id", "rpc.error-detail", "rpc.handlers");

	private RpcMapper() {
	}

	/** Returns whether messages of an entry are requests and replies by opcode. */
	static boolean isOn(BoundEntry<? extends EndpointProperties> entry) {
		return entry.properties() instanceof TcpConnectionProperties properties
				&& (properties.getRpc().areOn() || KEYS.stream().anyMatch(entry::has));
	}

	static @Nullable RpcSettings map(BoundEntry<? extends TcpConnectionProperties> entry) {
		RpcProperties rpc = entry.properties().getRpc();
		if (!isOn(entry)) {
			return null;
		}
		String codec = ProfileValues.codec(entry);
		boolean tcptalks = rpc.getWireFormat() == WireFormat.TCPTALKS;
		Optional<BuiltInCodec> builtIn = BuiltInCodec.of(codec);
		if (tcptalks && builtIn.isPresent() && builtIn.get() != BuiltInCodec.PICKLE) {
			throw entry.invalid("codec", codec,
					"one that knows tuples, as TCPTalks has them: pickle, with framing stream, or profile tcptalks");
		}
		if (builtIn.filter(WITHOUT_LISTS::contains).isPresent()) {
			throw entry.invalid("codec", codec,
					"one that knows lists, as requests by opcode are some: cbor, with framing length4, or profile rpc");
		}
		String payloadType = entry.properties().getPayloadType();
		if (payloadType != null) {
			throw entry.invalid("payload-type", payloadType,
					"left out: with rpc, what is received are requests and replies");
		}
		if (!tcptalks) {
			entry.refuse("rpc.id", "only with rpc.wire-format=tcptalks is a peer told who this side is");
		}
		entry.refuseEmpty("rpc.id", rpc.getId(), "what the peer is told of who this side is");
		return new RpcSettings(rpc.getWireFormat(), tcptalks ? rpc.getId() : null, rpc.getErrorDetail(),
				rpc.getHandlers());
	}

}
