package dev.sockets.autoconfigure;

import java.util.List;
import java.util.function.Supplier;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

import dev.sockets.tcp.Peer;

/**
 * A bean that says where a client of the configuration connects to, instead of its
 * {@code host}, {@code port} and {@code addresses}: for tests, containers and service
 * discovery.
 */
public interface TcpClientConnectionDetails extends ConnectionDetails {

	/**
	 * Returns the client's name.
	 * @return the name of its entry in the configuration
	 */
	String getClient();

	/**
	 * Returns where to connect to. Asked at each attempt, on the thread that connects, so
	 * it may wait.
	 * @return the peers, tried in turn
	 */
	List<Peer> getPeers();

	/**
	 * Returns details of one peer.
	 * @param client the client's name
	 * @param peer asked at each attempt
	 * @return the details
	 */
	static TcpClientConnectionDetails of(String client, Supplier<Peer> peer) {
		return new TcpClientConnectionDetails() {

			@Override
			public String getClient() {
				return client;
			}

			@Override
			public List<Peer> getPeers() {
				return List.of(peer.get());
			}

		};
	}

}
