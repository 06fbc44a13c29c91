package dev.sockets.benchmarks.server;

import java.util.Set;
import java.util.function.Supplier;

/**
 * A client on whose one connection many threads ask and wait.
 */
public enum Requester implements Contestant {

	/** Ours: {@code TcpClient.request}. */
	OURS_REQUEST(Family.OURS, OurRequestClient::new),

	/** A handler for Netty as one writes it: a queue of promises. */
	NETTY_PROMISES(Family.PEER, () -> new NettyRequestClient(NettyTransport.EPOLL)),

	/** The same on io_uring. */
	NETTY_URING_PROMISES(Family.PEER, () -> new NettyRequestClient(NettyTransport.IO_URING), Need.IO_URING),

	/** Spring Integration's outbound gateway, on one connection. */
	SI_GATEWAY(Family.INTEGRATION, IntegrationRequestClient::new);

	private final Family family;

	private final Supplier<RequestClient> client;

	private final Set<Need> needs;

	Requester(Family family, Supplier<RequestClient> client, Need... needs) {
		this.family = family;
		this.client = client;
		this.needs = Set.of(needs);
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

	@Override
	public Set<Need> needs() {
		return this.needs;
	}

	RequestClient client() {
		return this.client.get();
	}

}
