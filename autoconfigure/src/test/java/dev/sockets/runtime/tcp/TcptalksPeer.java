package dev.sockets.runtime.tcp;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;

import dev.sockets.codec.Tuple;
import dev.sockets.codec.pickle.PickleCodec;
import dev.sockets.tcp.TcpServer;

/**
 * A foreign peer that speaks TCPTalks' wire over a blocking socket, well or badly.
 */
final class TcptalksPeer implements AutoCloseable {

	static final byte[] REQUEST = { 'R' };

	static final byte[] REPLY = { 'A' };

	private static final int PREFIX = 11;

	private final PickleCodec codec = PickleCodec.builder().build();

	private final Socket socket = new Socket();

	TcptalksPeer(TcpServer server) throws IOException {
		this(server, "127.0.0.1");
	}

	/** Connects from a chosen address of this host. */
	TcptalksPeer(TcpServer server, String from) throws IOException {
		this.socket.bind(new InetSocketAddress(from, 0));
		this.socket.connect(new InetSocketAddress("127.0.0.1", server.getLocalAddress().getPort()), 30_000);
		this.socket.setSoTimeout(60_000);
	}

	void send(Object... fields) throws IOException {
		sendRaw(this.codec.encode(Tuple.of(fields)));
	}

	void sendRaw(byte[] bytes) throws IOException {
		this.socket.getOutputStream().write(bytes);
	}

	TcptalksPeer password(Object password) throws IOException {
		send(REPLY, 0xAA, Tuple.of(password));
		return this;
	}

	void request(Object opcode, Object code, Object... args) throws IOException {
		send(REQUEST, opcode, code, Tuple.of(args), Map.of());
	}

	/** Returns the next message, all of which are pickles of protocol 4 in one frame. */
	Tuple receive() throws IOException {
		DataInputStream in = new DataInputStream(this.socket.getInputStream());
		byte[] prefix = new byte[PREFIX];
		in.readFully(prefix);
		byte[] bytes = new byte[PREFIX + (int) Long.reverseBytes(ByteBuffer.wrap(prefix, 3, 8).getLong())];
		System.arraycopy(prefix, 0, bytes, 0, PREFIX);
		in.readFully(bytes, PREFIX, bytes.length - PREFIX);
		return (Tuple) this.codec.decode(bytes, 0, bytes.length);
	}

	/** Returns the next bytes in hexadecimal. */
	String receiveRaw(int count) throws IOException {
		return HexFormat.of().formatHex(this.socket.getInputStream().readNBytes(count));
	}

	/** Returns what the next message says, which is a reply. */
	Object result() throws IOException {
		Tuple reply = receive();
		return ((Tuple) reply.get(2)).get(0);
	}

	/** Returns whether nothing more comes. */
	boolean isEnded() {
		try {
			return this.socket.getInputStream().read() < 0;
		}
		catch (IOException ex) {
			return true;
		}
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
