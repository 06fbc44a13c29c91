package dev.sockets.runtime.multicast;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.util.Arrays;

/**
 * Somebody who sends and receives plain datagrams, by nothing of ours.
 */
final class UdpPeer implements AutoCloseable {

	private final MulticastSocket socket;

	UdpPeer() throws IOException {
		this.socket = new MulticastSocket(new InetSocketAddress("0.0.0.0", 0));
		this.socket.setNetworkInterface(TestMulticast.loopback());
		this.socket.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 0);
		this.socket.setSendBufferSize(1024 * 1024);
	}

	int port() {
		return this.socket.getLocalPort();
	}

	void send(InetSocketAddress to, byte[] bytes) throws IOException {
		this.socket.send(new DatagramPacket(bytes, bytes.length, to));
	}

	/**
	 * Returns the next datagram; {@code null} when none comes in that time.
	 */
	byte[] receive(int millis) throws IOException {
		this.socket.setSoTimeout(millis);
		DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
		try {
			this.socket.receive(packet);
		}
		catch (SocketTimeoutException ex) {
			return null;
		}
		return Arrays.copyOf(packet.getData(), packet.getLength());
	}

	@Override
	public void close() {
		this.socket.close();
	}

}
