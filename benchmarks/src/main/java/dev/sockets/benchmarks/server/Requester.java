package dev.sockets.benchmarks.server;

import java.util.function.Supplier;

/**
 * A client on whose one connection many threads ask and wait.
 */
public enum Requester implements Contestant {

	/** Ours: {@code TcpClient.request}. */
	OURS_REQUEST(Family.OURS, OurRequestClient::new),

	/** A handler for Netty as one writes it: a queue of promises. */
	NETTY_PROMISES(Family.PEER, NettyRequestClient::new),

	/** Spring Integration's outbound gateway, on one connection. */
	SI_GATEWAY(Family.INTEGRATION, IntegrationRequestClient::new);

	private final Family family;

	private final Supplier<RequestClient> client;

	Requester(Family family, Supplier<RequestClient> client) {
		this.family = family;
		this.client = client;
	}

	static Requester of(String id) {
		return Contestant.named(values(), id);
	}

	@Override
	public String id() {
		return Contestant.id(this);
	}

	@Override
	public Family family() {
		return this.family;
	}

	RequestClient client() {
		return this.client.get();
	}

}
