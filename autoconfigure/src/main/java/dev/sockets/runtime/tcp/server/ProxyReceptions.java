package dev.sockets.runtime.tcp.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import dev.sockets.event.RejectionReason;
import dev.sockets.loop.EventLoopGroup;
import dev.sockets.loop.stream.PrefaceHandler.End;
import dev.sockets.loop.stream.Transport;
import dev.sockets.runtime.tcp.ConnectionRegistry;
import dev.sockets.runtime.tcp.Deadlines;
import dev.sockets.runtime.tcp.SocketAddresses;
import dev.sockets.tcp.ProxyProtocol;
import dev.sockets.tcp.ProxySettings;

/**
 * Has proxies say whose connections they pass on, before those come to the
 * {@link Entrance}. Without proxies all come there at once. Only so many are heard at a
 * time as there may be connections. Open to all event loops.
 */
final class ProxyReceptions {

	private final @Nullable ProxySettings settings;

	private final AddressSet proxies;

	private final Entrance entrance;

	private final EventLoopGroup loops;

	private final ConnectionRegistry registry;

	private final Runnable whenGone;

	private final Set<ProxyReception> underWay = ConcurrentHashMap.newKeySet();

	/**
	 * Creates what hears proxies.
	 * @param settings who they are; {@code null} when there are none
	 * @param entrance where connections go then
	 * @param loops read what proxies say
	 * @param registry keeps the server from having stopped meanwhile
	 * @param whenGone called when a connection may have been turned away
	 */
	ProxyReceptions(@Nullable ProxySettings settings, Entrance entrance, EventLoopGroup loops,
			ConnectionRegistry registry, Runnable whenGone) {
		this.settings = settings;
		this.proxies = new AddressSet((settings != null) ? settings.from() : List.of());
		this.entrance = entrance;
		this.loops = loops;
		this.registry = registry;
		this.whenGone = whenGone;
	}

	int size() {
		return this.underWay.size();
	}

	/** The server stops. */
	void close() {
		this.underWay.forEach(ProxyReception::close);
	}

	/**
	 * A connection was accepted.
	 * @param socket its socket
	 * @throws IOException when it was closed before
	 */
	void accepted(SocketChannel socket) throws IOException {
		InetSocketAddress sender = SocketAddresses.remote(socket);
		ProxySettings settings = this.settings;
		if (settings != null && this.proxies.contains(sender.getAddress())) {
			hear(settings, socket, sender);
		}
		else if (settings != null && settings.protocol() == ProxyProtocol.REQUIRED) {
			this.entrance.refuse(socket, sender, RejectionReason.PROXY_HEADER, null);
		}
		else {
			this.entrance.enter(socket, Transport.of(socket), sender, this.loops.next());
		}
	}

	private void hear(ProxySettings settings, SocketChannel socket, InetSocketAddress sender) throws IOException {
		if (size() >= this.entrance.limits().max()) {
			this.entrance.refuse(socket, sender, RejectionReason.FULL, null);
			return;
		}
		ProxyReception reception = new ProxyReception(this, this.loops.next(), socket, sender,
				Deadlines.nanos(settings.timeout()), this.registry.expect());
		this.underWay.add(reception);
		reception.begin();
	}

	/**
	 * A proxy has said what it had to say, or nothing more is waited for.
	 * @param reception what it has said
	 * @param end why it has ended
	 */
	void ended(ProxyReception reception, End end) {
		try {
			goOn(reception, end);
		}
		catch (Throwable ex) {
			this.entrance.failed(reception.socket(), ex);
		}
		finally {
			this.underWay.remove(reception);
			this.registry.forget(reception.run());
			this.whenGone.run();
		}
	}

	private void goOn(ProxyReception reception, End end) throws IOException {
		if (end == End.CLOSED) {
			reception.socket().close();
		}
		else if (reception.isComplete() || (isOptional() && reception.maybeNone())) {
			reception.enter(this.entrance);
		}
		else {
			this.entrance.refuse(reception.socket(), reception.sender(), RejectionReason.PROXY_HEADER,
					reception.fault());
		}
	}

	private boolean isOptional() {
		return this.settings != null && this.settings.protocol() == ProxyProtocol.OPTIONAL;
	}

}
