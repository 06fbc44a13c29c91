package dev.sockets.runtime.tcp.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.sockets.UnixSocketAddress;
import dev.sockets.tcp.Peer;
import dev.sockets.tcp.TcpClientSettings;

/**
 * The peers that a client connects to: the configured ones, which may be others each
 * time, or the one that was chosen. Open to all threads.
 */
final class TargetPeers {

	private static final Pattern ADDRESS = Pattern
		.compile(".*:.*|" + "%1$s[.]%1$s[.]%1$s[.]%1$s".formatted("(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])"));

	private final TcpClientSettings settings;

	private final HostResolver resolver;

	private volatile List<Peer> last = List.of();

	private volatile @Nullable Peer chosen;

	TargetPeers(TcpClientSettings settings, HostResolver resolver) {
		this.settings = settings;
		this.resolver = resolver;
	}

	/** There is one peer from now on, whoever they were. */
	void choose(Peer peer) {
		this.chosen = peer;
	}

	/** Returns whether it takes no time to {@link #resolve() resolve} them. */
	boolean areAddresses() {
		return (this.chosen != null || this.settings.peerSource() == null)
				&& current().stream().allMatch((peer) -> ADDRESS.matcher(peer.host()).matches());
	}

	private List<Peer> current() {
		Peer chosen = this.chosen;
		return (chosen != null) ? List.of(chosen) : this.settings.peers();
	}

	/** Looks them up. */
	ResolvedPeers resolve() {
		List<InetSocketAddress> addresses = new ArrayList<>();
		IOException failure = null;
		List<Peer> peers = current();
		this.last = peers;
		for (Peer peer : peers) {
			if (UnixSocketAddress.isUnix(peer.host())) {
				addresses.add(UnixSocketAddress.of(peer.host()));
				continue;
			}
			try {
				for (InetAddress address : this.resolver.resolve(peer.host())) {
					addresses.add(new InetSocketAddress(address, peer.port()));
				}
			}
			catch (UnknownHostException ex) {
				failure = new UnknownHostException("Unknown host '" + peer.host() + "'");
			}
			catch (RuntimeException ex) {
				failure = new IOException("The host '" + peer.host() + "' cannot be resolved", ex);
			}
		}
		return new ResolvedPeers(addresses, failure);
	}

	/** Returns those that were looked up last, to be read. */
	@Override
	public String toString() {
		return this.last.stream().map(Peer::toString).collect(Collectors.joining(", "));
	}

}
