package dev.sockets.runtime.rpc;

import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.sockets.tcp.Password;

/**
 * The wire of programs that use TCPTalks, for the connections of one endpoint: tuples,
 * after a password in clear that the client sends and an identity that the server asks
 * for.
 */
public final class TcptalksWire implements RpcWire {

	private static final String ID_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

	private static final int ID_LENGTH = 6;

	private final boolean server;

	private final @Nullable Password password;

	private final String id;

	/**
	 * Creates the wire of an endpoint.
	 * @param server whether peers have to authenticate to it, or it to them
	 * @param password what they have to know; {@code null} for nothing
	 * @param id what this side calls itself; {@code null} for anything
	 */
	public TcptalksWire(boolean server, @Nullable Password password, @Nullable String id) {
		this.server = server;
		this.password = password;
		this.id = (id != null) ? id : randomId();
	}

	private static String randomId() {
		return ThreadLocalRandom.current()
			.ints(ID_LENGTH, 0, ID_CHARACTERS.length())
			.mapToObj((index) -> ID_CHARACTERS.substring(index, index + 1))
			.collect(Collectors.joining());
	}

	@Override
	public RpcProtocol protocol(RpcLink link) {
		TcptalksHandshake handshake = this.server ? new TcptalksServerHandshake(link, this.password)
				: new TcptalksClientHandshake(link, this.password);
		return new TcptalksProtocol(link, this.id, handshake);
	}

	@Override
	public Set<Long> reserved() {
		return Set.of(TcptalksMessages.IDENTITY);
	}

}
