package dev.sockets.runtime.tcp.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.sockets.SocketErrorCode;
import dev.sockets.UnixSocketAddress;
import dev.sockets.loop.EventLoop;
import dev.sockets.loop.stream.AcceptHandler;
import dev.sockets.loop.stream.Acceptor;
import dev.sockets.runtime.Outages;
import dev.sockets.runtime.SafeLog;
import dev.sockets.runtime.tcp.SocketAddresses;
import dev.sockets.runtime.tcp.SocketConfigurer;
import dev.sockets.tcp.TcpServer;
import dev.sockets.tcp.TcpServerSettings;

/**
 * One port, or path, on which a server listens: its acceptor, and the outages of that.
 */
final class ListeningPort implements AcceptHandler {

	private static final SafeLog logger = SafeLog.of(TcpServer.class);

	private final ServerAcceptor server;

	private final Outages outages;

	private final ServerSocketChannel socket;

	private final @Nullable SocketFile file;

	private final InetSocketAddress address;

	private final Acceptor acceptor;

	/**
	 * Binds the port; nothing is accepted until its acceptor is opened.
	 * @param server lets connections in
	 * @param settings the server's
	 * @param outages of the server
	 * @param loop the loop that accepts
	 * @param wanted where to listen
	 * @throws IOException when the port is not to be had; nothing is left open then
	 */
	ListeningPort(ServerAcceptor server, TcpServerSettings settings, Outages outages, EventLoop loop,
			InetSocketAddress wanted) throws IOException {
		this.server = server;
		this.outages = outages;
		this.file = (wanted instanceof UnixSocketAddress unix) ? new SocketFile(unix.getPath()) : null;
		this.socket = SocketAddresses.openServer(wanted, loop);
		try {
			SocketConfigurer.configure(this.socket, settings.connection().socketOptions());
			bind(SocketAddresses.real(wanted), settings);
			this.socket.configureBlocking(false);
			this.acceptor = new Acceptor(loop, this.socket, this);
			this.address = shown(wanted, SocketAddresses.seen(this.socket.getLocalAddress(), null));
		}
		catch (IOException | RuntimeException ex) {
			closeQuietly();
			throw ex;
		}
	}

	/**
	 * All addresses stay as they were written: to the system those of IPv4 are a part of
	 * those of IPv6.
	 */
	private static InetSocketAddress shown(InetSocketAddress wanted, InetSocketAddress bound) {
		InetAddress address = wanted.getAddress();
		return (address != null && address.isAnyLocalAddress()) ? new InetSocketAddress(address, bound.getPort())
				: bound;
	}

	private void bind(SocketAddress address, TcpServerSettings settings) throws IOException {
		if (this.file != null) {
			this.file.prepare();
		}
		this.socket.bind(address, settings.backlog());
		if (this.file != null) {
			this.file.bound(settings.pathPermissions());
		}
	}

	/** Frees the port, as others that are needed too are not to be had. */
	void abandon() {
		closeQuietly();
		this.acceptor.close();
	}

	/**
	 * Accepts nothing more.
	 * @return completed when the port is free again
	 */
	CompletableFuture<Void> close() {
		removeFile();
		return this.acceptor.close();
	}

	private void removeFile() {
		if (this.file != null) {
			this.file.remove();
		}
	}

	/** Returns where it listens. */
	InetSocketAddress address() {
		return this.address;
	}

	Acceptor acceptor() {
		return this.acceptor;
	}

	@Override
	public boolean mayAccept() {
		return this.server.mayAccept();
	}

	@Override
	public void accepted(SocketChannel socket) {
		this.server.accepted(socket);
	}

	@Override
	public void acceptFailed(IOException cause) {
		this.outages.begin(this, SocketErrorCode.ACCEPT_FAILED,
				"it cannot accept connections for now: " + cause.getMessage(), cause);
	}

	@Override
	public void acceptRecovered() {
		this.outages.end(this);
	}

	@Override
	public void tick() {
		this.server.tick();
	}

	private void closeQuietly() {
		removeFile();
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			logger.debug("A socket could not be closed", ex);
		}
	}

}
