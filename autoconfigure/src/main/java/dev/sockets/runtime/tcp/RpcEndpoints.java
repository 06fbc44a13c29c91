package dev.sockets.runtime.tcp;

import org.jspecify.annotations.Nullable;

import dev.sockets.rpc.RpcPeer;
import dev.sockets.rpc.RpcSettings;
import dev.sockets.runtime.CodecPayloads;
import dev.sockets.runtime.PeerLog;
import dev.sockets.runtime.SafeLog;
import dev.sockets.runtime.rpc.ArrayProtocol;
import dev.sockets.runtime.rpc.EndpointRpc;
import dev.sockets.runtime.rpc.OpenPeers;
import dev.sockets.runtime.rpc.RpcWire;
import dev.sockets.runtime.rpc.TcptalksWire;
import dev.sockets.runtime.rpc.ValueConverter;
import dev.sockets.tcp.ConnectionSettings;

/**
 * Makes the peers of endpoints whose messages are requests and replies by opcode.
 */
public final class RpcEndpoints {

	private static final SafeLog logger = SafeLog.of(RpcEndpoints.class);

	private RpcEndpoints() {
	}

	/**
	 * Returns the peers of an endpoint.
	 * @param settings how its connections behave
	 * @param runtime what all endpoints share
	 * @param dispatch runs its handlers
	 * @param peers its open connections
	 * @param server whether it is a server
	 * @param log of the endpoint
	 * @return {@code null} when its messages are ordinary ones
	 */
	public static @Nullable EndpointRpc of(ConnectionSettings settings, EndpointRuntime runtime,
			MessageDispatch dispatch, OpenPeers peers, boolean server, PeerLog log) {
		RpcSettings rpc = settings.rpc();
		return (rpc != null) ? new EndpointRpc(rpc, settings, wire(rpc, settings, server), dispatch.threads(),
				new ValueConverter(runtime.conversionService(), new CodecPayloads(settings.codec())), peers, log)
				: null;
	}

	private static RpcWire wire(RpcSettings rpc, ConnectionSettings settings, boolean server) {
		return switch (rpc.wireFormat()) {
			case ARRAYS -> ArrayProtocol::new;
			case TCPTALKS -> {
				if (settings.opening().password() != null) {
					logger.warn("'" + settings.path() + ".password' travels in clear, as TCPTalks has it: whoever "
							+ "reads along knows it");
				}
				yield new TcptalksWire(server, settings.opening().password(), rpc.id());
			}
		};
	}

	/**
	 * Returns the peers of an endpoint, or its peer's.
	 * @param rpc the peers
	 * @param settings the endpoint's settings
	 * @return the peers
	 * @throws IllegalStateException when the endpoint's messages are ordinary ones
	 */
	public static RpcPeer require(@Nullable RpcPeer rpc, ConnectionSettings settings) {
		if (rpc == null) {
			throw new IllegalStateException("There are no requests by opcode without " + settings.path()
					+ ".rpc=true, or a profile that has it, such as rpc");
		}
		return rpc;
	}

}
