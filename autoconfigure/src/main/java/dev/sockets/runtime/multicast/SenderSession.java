package dev.sockets.runtime.multicast;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

import org.jspecify.annotations.Nullable;

import dev.sockets.EndpointKind;
import dev.sockets.multicast.MulticastSenderSettings;
import dev.sockets.runtime.WireLog;

/**
 * A socket that sends to addresses of one family, from a port of its own.
 */
final class SenderSession implements AutoCloseable {

	private final DatagramChannel channel;

	private final WireLog wireLog;

	private SenderSession(DatagramChannel channel, WireLog wireLog) {
		this.channel = channel;
		this.wireLog = wireLog;
	}

	static SenderSession open(ProtocolFamily family, @Nullable NetworkInterface on, MulticastSenderSettings settings,
			WireLog wireLog) throws IOException {
		DatagramChannel channel = DatagramChannel.open(family);
		try {
			if (settings.kind() == EndpointKind.MULTICAST_SENDER) {
				prepareForGroups(channel, on, settings);
			}
			else {
				channel.setOption(StandardSocketOptions.SO_BROADCAST, settings.broadcast());
			}
			channel.bind(new InetSocketAddress(localAddress(family, settings), 0));
			return new SenderSession(channel, wireLog);
		}
		catch (IOException | RuntimeException ex) {
			channel.close();
			throw ex;
		}
	}

	private static void prepareForGroups(DatagramChannel channel, @Nullable NetworkInterface on,
			MulticastSenderSettings settings) throws IOException {
		channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, settings.timeToLive());
		channel.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, settings.loopback());
		if (on != null) {
			channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, on);
		}
	}

	private static String localAddress(ProtocolFamily family, MulticastSenderSettings settings) {
		String wanted = settings.localAddress();
		if (wanted != null) {
			return wanted;
		}
		return (family == StandardProtocolFamily.INET) ? "0.0.0.0" : "::";
	}

	/** Sends a datagram. An interrupt would close the channel, so it is put off. */
	void send(byte[] bytes, InetSocketAddress to) throws IOException {
		boolean interrupted = Thread.interrupted();
		try {
			this.channel.send(ByteBuffer.wrap(bytes), to);
			if (this.wireLog.isOn()) {
				this.wireLog.sent(to, ByteBuffer.wrap(bytes));
			}
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/** Returns the socket, to wait for an answer on it. */
	DatagramChannel channel() {
		return this.channel;
	}

	/**
	 * Finds out whether there is a route to an address; sends nothing.
	 * @throws IOException when there is none
	 */
	void probe(InetSocketAddress to) throws IOException {
		this.channel.connect(to);
		this.channel.disconnect();
	}

	boolean isOpen() {
		return this.channel.isOpen();
	}

	@Override
	public void close() {
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			// It is of no use any more, closed or not.
		}
	}

}
