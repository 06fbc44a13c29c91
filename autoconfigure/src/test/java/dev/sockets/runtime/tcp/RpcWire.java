package dev.sockets.runtime.tcp;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import tools.jackson.dataformat.cbor.CBORMapper;

import dev.sockets.tcp.TcpServer;

/**
 * A foreign peer that speaks our wire of requests over a blocking socket.
 */
final class RpcWire implements AutoCloseable {

	private final CBORMapper mapper = new CBORMapper();

	private final Socket socket;

	private final DataInputStream in;

	private final DataOutputStream out;

	RpcWire(TcpServer server) throws IOException {
		this.socket = new Socket(server.getLocalAddress().getAddress(), server.getLocalAddress().getPort());
		this.socket.setTcpNoDelay(true);
		this.socket.setSoTimeout(30_000);
		this.in = new DataInputStream(this.socket.getInputStream());
		this.out = new DataOutputStream(this.socket.getOutputStream());
	}

	void send(Object... fields) throws IOException {
		sendRaw(this.mapper.writeValueAsBytes(Arrays.asList(fields)));
	}

	void sendRaw(byte[] bytes) throws IOException {
		byte[] frame = new byte[bytes.length + 4];
		frame[2] = (byte) (bytes.length >> 8);
		frame[3] = (byte) bytes.length;
		System.arraycopy(bytes, 0, frame, 4, bytes.length);
		this.out.write(frame);
	}

	List<?> receive() throws IOException {
		return this.mapper.readValue(receiveRaw(), List.class);
	}

	String receiveText() throws IOException {
		return new String(receiveRaw(), StandardCharsets.UTF_8);
	}

	private byte[] receiveRaw() throws IOException {
		byte[] bytes = new byte[this.in.readInt()];
		this.in.readFully(bytes);
		return bytes;
	}

	/** Sends nothing more. */
	void finish() throws IOException {
		this.socket.shutdownOutput();
	}

	/** Waits for what comes next, and returns whether that is the end. */
	boolean isEnded() throws IOException {
		return this.in.read() < 0;
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
