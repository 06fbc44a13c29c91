package dev.sockets.testkit;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads files in the format pcap whose packets are IP with TCP in it, and checks whatever
 * their headers say.
 */
public final class Pcap {

	private static final int TCP_HEADER = 20;

	/**
	 * One packet.
	 *
	 * @param micros when it was seen, in microseconds since 1970
	 * @param source whom it is from: address and port
	 * @param target whom it is for
	 * @param sequence number of its first byte
	 * @param acknowledged number of the byte that is expected from the other side
	 * @param data its bytes
	 */
	public record Packet(long micros, String source, String target, long sequence, long acknowledged, byte[] data) {

	}

	private Pcap() {
	}

	/**
	 * Reads a file.
	 * @param bytes the file
	 * @return its packets
	 */
	public static List<Packet> read(byte[] bytes) {
		ByteBuffer file = ByteBuffer.wrap(bytes);
		require(file.getInt() == 0xA1B2C3D4 && file.getShort() == 2 && file.getShort() == 4, "magic and version");
		require(file.getLong() == 0, "time zone and accuracy");
		int longest = file.getInt();
		require(file.getInt() == 101, "packets begin with their IP header");
		List<Packet> packets = new ArrayList<>();
		while (file.hasRemaining()) {
			long micros = file.getInt() * 1_000_000L + file.getInt();
			int length = file.getInt();
			require(length == file.getInt() && length <= longest, "the packet is whole");
			packets.add(packet(micros, file.slice(file.position(), length)));
			file.position(file.position() + length);
		}
		return packets;
	}

	private static Packet packet(long micros, ByteBuffer packet) {
		int version = packet.get(0) >> 4;
		return switch (version) {
			case 4 -> {
				require(packet.get(0) == 0x45 && packet.get(9) == 6, "IPv4 without options, with TCP");
				require((packet.getShort(2) & 0xFFFF) == packet.limit(), "length of IPv4");
				require(sum(packet.slice(0, 20)) == 0xFFFF, "checksum of IPv4");
				yield packet(micros, packet.slice(12, 4), packet.slice(16, 4), packet.slice(20, packet.limit() - 20));
			}
			case 6 -> {
				require(packet.get(6) == 6, "IPv6 without extensions, with TCP");
				require((packet.getShort(4) & 0xFFFF) == packet.limit() - 40, "length of IPv6");
				yield packet(micros, packet.slice(8, 16), packet.slice(24, 16), packet.slice(40, packet.limit() - 40));
			}
			default -> throw new IllegalStateException("IP version " + version);
		};
	}

	private static Packet packet(long micros, ByteBuffer source, ByteBuffer target, ByteBuffer segment) {
		require(segment.get(12) >> 4 == TCP_HEADER / 4, "TCP without options");
		require(segment.get(13) == 0x18, "flags PSH and ACK");
		ByteBuffer checked = ByteBuffer.allocate(source.limit() + target.limit() + 4 + segment.limit());
		checked.put(source.duplicate()).put(target.duplicate()).putShort((short) 6).putShort((short) segment.limit());
		checked.put(segment.duplicate()).flip();
		require(sum(checked) == 0xFFFF, "checksum of TCP");
		byte[] data = new byte[segment.limit() - TCP_HEADER];
		segment.get(TCP_HEADER, data);
		return new Packet(micros, address(source) + ":" + (segment.getShort(0) & 0xFFFF),
				address(target) + ":" + (segment.getShort(2) & 0xFFFF), segment.getInt(4) & 0xFFFFFFFFL,
				segment.getInt(8) & 0xFFFFFFFFL, data);
	}

	private static String address(ByteBuffer bytes) {
		byte[] address = new byte[bytes.limit()];
		bytes.get(0, address);
		try {
			return InetAddress.getByAddress(address).getHostAddress();
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static int sum(ByteBuffer bytes) {
		int sum = 0;
		for (int i = 0; i < bytes.limit(); i++) {
			sum += (bytes.get(i) & 0xFF) << ((i % 2 == 0) ? 8 : 0);
			sum = (sum & 0xFFFF) + (sum >>> 16);
		}
		return sum;
	}

	/**
	 * Puts together what one side has sent, as a TCP would do that got these packets and
	 * no others.
	 * @param packets the packets, of one connection
	 * @param source whom the bytes are from
	 * @return the bytes
	 */
	public static byte[] stream(List<Packet> packets, String source) {
		ByteArrayOutputStream stream = new ByteArrayOutputStream();
		for (Packet packet : packets) {
			if (packet.source().equals(source)) {
				require(packet.sequence() == stream.size() + 1, "sequence number " + packet.sequence());
				stream.writeBytes(packet.data());
			}
			else {
				require(packet.acknowledged() == stream.size() + 1, "acknowledged " + packet.acknowledged());
			}
		}
		return stream.toByteArray();
	}

	private static void require(boolean condition, String what) {
		if (!condition) {
			throw new IllegalStateException("Wrong: " + what);
		}
	}

}
