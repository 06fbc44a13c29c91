package dev.sockets.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLSession;

import io.netty.util.ReferenceCountUtil;

/**
 * The client's side of a connection by TLS. Its buffers belong to the load, and hold
 * nothing between two calls.
 */
final class TlsChannel implements ByteChannel {

	private static final byte[] NONE = {};

	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

	private final SocketChannel channel;

	private final SSLEngine engine;

	private final ByteBuffer input;

	private final ByteBuffer output;

	private final ByteBuffer plain;

	/** What has come of a record that is not complete. */
	private byte[] rest = NONE;

	/**
	 * Creates a channel that has not begun.
	 * @param channel the socket
	 * @param engine the client's side
	 * @param input for records from the server
	 * @param output for records to the server
	 * @param plain for what is in a record of the handshake, which is nothing
	 */
	TlsChannel(SocketChannel channel, SSLEngine engine, ByteBuffer input, ByteBuffer output, ByteBuffer plain) {
		this.channel = channel;
		this.engine = engine;
		this.input = input;
		this.output = output;
		this.plain = plain;
	}

	/** The socket is connected: says hello. */
	void begin() throws IOException {
		this.engine.beginHandshake();
		shakeHands(this.input.clear().limit(0));
	}

	/**
	 * Goes on with what the socket has.
	 * @return whether the handshake is over; if not, call again when the socket has more
	 */
	boolean shakeHands() throws IOException {
		receive();
		return shakeHands(this.input);
	}

	private boolean shakeHands(ByteBuffer records) throws IOException {
		while (true) {
			switch (this.engine.getHandshakeStatus()) {
				case NEED_WRAP -> write(NOTHING.duplicate());
				case NEED_TASK -> this.engine.getDelegatedTask().run();
				case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
					SSLEngineResult result = this.engine.unwrap(records, this.plain.clear());
					if (result.getStatus() == Status.CLOSED) {
						throw new IOException("The server has refused a handshake");
					}
					if (result.bytesConsumed() == 0
							&& this.engine.getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP) {
						keep(records);
						return false;
					}
				}
				default -> {
					keep(records);
					check(this.engine.getSession());
					return true;
				}
			}
		}
	}

	/** All servers are compared at the same. */
	private static void check(SSLSession session) throws IOException {
		if (!session.getProtocol().equals(TlsLayer.PROTOCOL) || !session.getCipherSuite().equals(TlsLayer.CIPHER)) {
			throw new IOException("The server has agreed on " + session.getProtocol() + " " + session.getCipherSuite());
		}
	}

	@Override
	public int read(ByteBuffer bytes) throws IOException {
		receive();
		int start = bytes.position();
		while (this.input.hasRemaining()) {
			SSLEngineResult result = this.engine.unwrap(this.input, bytes);
			if (result.getStatus() == Status.CLOSED) {
				return -1;
			}
			if (result.bytesConsumed() == 0) {
				break;
			}
		}
		keep(this.input);
		return bytes.position() - start;
	}

	private void receive() throws IOException {
		this.input.clear().put(this.rest);
		if (this.channel.read(this.input) < 0) {
			throw new IOException("The server has closed a connection");
		}
		this.input.flip();
	}

	private void keep(ByteBuffer records) {
		this.rest = NONE;
		if (records.hasRemaining()) {
			this.rest = new byte[records.remaining()];
			records.get(this.rest);
		}
	}

	@Override
	public int write(ByteBuffer bytes) throws IOException {
		int start = bytes.position();
		this.output.clear();
		do {
			Status status = this.engine.wrap(bytes, this.output).getStatus();
			if (status != Status.OK) {
				throw new IOException("Nothing can be sent: " + status);
			}
		}
		while (bytes.hasRemaining());
		this.channel.write(this.output.flip());
		if (this.output.hasRemaining()) {
			throw new IOException("The socket takes less than what is in flight");
		}
		return bytes.position() - start;
	}

	@Override
	public boolean isOpen() {
		return this.channel.isOpen();
	}

	/** Forgets the session; what the server has of it stays. */
	void forget() {
		ReferenceCountUtil.release(this.engine);
	}

	@Override
	public void close() throws IOException {
		forget();
		this.channel.close();
	}

}
