package dev.sockets.runtime.tcp.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

import org.jspecify.annotations.Nullable;

import dev.sockets.loop.EventLoop;
import dev.sockets.loop.stream.PrefaceHandler;
import dev.sockets.loop.stream.SocketPreface;
import dev.sockets.loop.stream.Transport;
import dev.sockets.runtime.proxy.ProxyHeaderException;
import dev.sockets.runtime.proxy.ProxyHeaderReader;
import dev.sockets.runtime.tcp.EndpointRun;

/**
 * One connection of which a proxy is to say whose it is, until it has, or it is clear
 * that it will not.
 */
final class ProxyReception implements PrefaceHandler {

	private final ProxyReceptions owner;

	private final EventLoop loop;

	private final SocketChannel socket;

	private final InetSocketAddress sender;

	private final EndpointRun run;

	private final ProxyHeaderReader header = new ProxyHeaderReader();

	private final SocketPreface preface;

	private boolean complete;

	private @Nullable ProxyHeaderException fault;

	/** What was read and belongs to the connection itself. */
	private ByteBuffer first = ByteBuffer.allocate(0);

	ProxyReception(ProxyReceptions owner, EventLoop loop, SocketChannel socket, InetSocketAddress sender,
			long timeoutNanos, EndpointRun run) {
		this.run = run;
		this.owner = owner;
		this.loop = loop;
		this.socket = socket;
		this.sender = sender;
		this.preface = new SocketPreface(loop, socket, timeoutNanos, this);
	}

	/** Returns what the registry knows it by until it has ended. */
	EndpointRun run() {
		return this.run;
	}

	void begin() {
		this.preface.open();
	}

	void close() {
		this.preface.close();
	}

	@Override
	public boolean received(ByteBuffer bytes) {
		try {
			ProxyHeaderReader.Progress progress = this.header.take(bytes);
			if (progress == ProxyHeaderReader.Progress.MORE) {
				return false;
			}
			this.complete = progress == ProxyHeaderReader.Progress.HEADER;
			keep(bytes);
		}
		catch (ProxyHeaderException ex) {
			this.fault = ex;
		}
		return true;
	}

	/** What was looked at and is no header, and what follows. */
	private void keep(ByteBuffer rest) {
		ByteBuffer before = this.complete ? ByteBuffer.allocate(0) : this.header.taken();
		this.first = ByteBuffer.allocate(before.remaining() + rest.remaining()).put(before).put(rest).flip();
	}

	@Override
	public void ended(End end) {
		if (end == End.LATE) {
			keep(this.first);
		}
		this.owner.ended(this, end);
	}

	/**
	 * Returns whether the header is there.
	 */
	boolean isComplete() {
		return this.complete;
	}

	/**
	 * Returns whether the bytes so far may be those of the connection itself.
	 */
	boolean maybeNone() {
		return !this.complete && this.fault == null && !this.header.hasBegun();
	}

	@Nullable ProxyHeaderException fault() {
		return this.fault;
	}

	SocketChannel socket() {
		return this.socket;
	}

	InetSocketAddress sender() {
		return this.sender;
	}

	/**
	 * Lets the connection in.
	 * @param entrance decides about it
	 * @throws IOException when it was closed before
	 */
	void enter(Entrance entrance) throws IOException {
		InetSocketAddress source = this.header.source();
		entrance.enter(this.socket, Transport.of(this.socket, this.first), (source != null) ? source : this.sender,
				this.loop);
	}

}
