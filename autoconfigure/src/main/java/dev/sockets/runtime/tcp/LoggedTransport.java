package dev.sockets.runtime.tcp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

import dev.sockets.loop.Registration;
import dev.sockets.loop.stream.Transport;
import dev.sockets.runtime.WireLog;
import dev.sockets.runtime.trace.TracedStream;
import dev.sockets.runtime.trace.WireTracer;

/**
 * Carries the bytes of a connection by another transport, and shows them in the log of
 * the endpoint, and to its trace, while one of these is on.
 */
final class LoggedTransport implements Transport {

	private final Transport transport;

	private final DefaultConnection connection;

	private final WireLog log;

	private final WireTracer tracer;

	/** Made when it is traced for the first time. */
	private volatile @Nullable TracedStream stream;

	LoggedTransport(Transport transport, DefaultConnection connection, ConnectionContext context) {
		this.transport = transport;
		this.connection = connection;
		this.log = context.wireLog();
		this.tracer = context.tracer();
	}

	@Override
	public int read(ByteBuffer bytes) throws IOException {
		boolean logged = isLogged();
		int count = this.transport.read(bytes);
		if (logged && count > 0) {
			show(true, last(bytes, count));
		}
		return count;
	}

	@Override
	public int write(ByteBuffer bytes) throws IOException {
		boolean logged = isLogged();
		int count = this.transport.write(bytes);
		if (logged && count > 0) {
			show(false, last(bytes, count));
		}
		return count;
	}

	@Override
	public long write(ByteBuffer[] bytes) throws IOException {
		if (!isLogged()) {
			return this.transport.write(bytes);
		}
		int[] starts = new int[bytes.length];
		for (int i = 0; i < bytes.length; i++) {
			starts[i] = bytes[i].position();
		}
		long count = this.transport.write(bytes);
		for (int i = 0; i < bytes.length; i++) {
			int written = bytes[i].position() - starts[i];
			if (written > 0) {
				show(false, last(bytes[i], written));
			}
		}
		return count;
	}

	/** What a peer authenticates with is for nobody to see. */
	private boolean isLogged() {
		return (this.log.isOn() || this.tracer.isOn()) && !isGuarded();
	}

	private void show(boolean received, ByteBuffer bytes) {
		if (this.tracer.isOn()) {
			this.tracer.add(stream(), received, bytes);
		}
		if (this.log.isOn()) {
			if (received) {
				this.log.received(peer(), bytes);
			}
			else {
				this.log.sent(peer(), bytes);
			}
		}
	}

	private TracedStream stream() {
		TracedStream stream = this.stream;
		if (stream == null) {
			synchronized (this) {
				stream = this.stream;
				if (stream == null) {
					stream = new TracedStream(this.connection.getId(), this.connection.getLocalAddress(),
							this.connection.getRemoteAddress());
					this.stream = stream;
				}
			}
		}
		return stream;
	}

	private boolean isGuarded() {
		ConnectionHold hold = this.connection.reader().hold();
		return hold != null && hold.isGuarded();
	}

	private static ByteBuffer last(ByteBuffer bytes, int count) {
		return bytes.slice(bytes.position() - count, count);
	}

	private String peer() {
		return this.connection.getId() + " (" + this.connection.getRemoteAddress() + ")";
	}

	@Override
	public void register(Registration registration, int operations) throws IOException {
		this.transport.register(registration, operations);
	}

	@Override
	public boolean connect(InetSocketAddress address) throws IOException {
		return this.transport.connect(address);
	}

	@Override
	public boolean finishConnect() throws IOException {
		return this.transport.finishConnect();
	}

	@Override
	public boolean prepare() throws IOException {
		return this.transport.prepare();
	}

	@Override
	public void upgrade(ByteBuffer unread) {
		this.transport.upgrade(unread);
	}

	@Override
	public void tick(long now) throws IOException {
		this.transport.tick(now);
	}

	@Override
	public void finishOutput() throws IOException {
		this.transport.finishOutput();
	}

	@Override
	public void endOutput() throws IOException {
		this.transport.endOutput();
	}

	@Override
	public void close() {
		this.transport.close();
	}

	@Override
	public void closeInOrder() {
		this.transport.closeInOrder();
	}

	@Override
	public boolean isOpen() {
		return this.transport.isOpen();
	}

	@Override
	public boolean isConnected() {
		return this.transport.isConnected();
	}

	@Override
	public boolean hasBufferedInput() {
		return this.transport.hasBufferedInput();
	}

	@Override
	public boolean wantsToWrite() {
		return this.transport.wantsToWrite();
	}

	@Override
	public boolean isBusy() {
		return this.transport.isBusy();
	}

	@Override
	public boolean isTruncated() {
		return this.transport.isTruncated();
	}

	@Override
	public long heldBytes() {
		return this.transport.heldBytes();
	}

	@Override
	public @Nullable InetSocketAddress localAddress() {
		return this.transport.localAddress();
	}

	@Override
	public @Nullable InetSocketAddress remoteAddress() {
		return this.transport.remoteAddress();
	}

	@Override
	public Socket socket() {
		return this.transport.socket();
	}

}
