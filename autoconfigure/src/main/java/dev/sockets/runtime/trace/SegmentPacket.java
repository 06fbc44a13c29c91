package dev.sockets.runtime.trace;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Writes a segment as an IP packet: as if the connection were seen from its first byte
 * and nothing were lost on the way.
 */
final class SegmentPacket {

	private static final int IPV4_HEADER = 20;

	private static final int IPV6_HEADER = 40;

	private static final int TCP_HEADER = 20;

	private static final int IPV4_ADDRESS = 4;

	private static final int IPV6_ADDRESS = 16;

	private static final byte TCP = 6;

	private static final byte HOPS = 64;

	private static final short DONT_FRAGMENT = 0x4000;

	/** Length of the header in words, and the flags PSH and ACK. */
	private static final short OFFSET_AND_FLAGS = (short) (TCP_HEADER / 4 << 12 | 0x18);

	private static final short WINDOW = (short) 0xFFFF;

	private static final int CHECKSUM_IN_IPV4 = 10;

	private static final int CHECKSUM_IN_TCP = 16;

	private SegmentPacket() {
	}

	static int size(TracedSegment segment) {
		return (isIpv4(segment) ? IPV4_HEADER : IPV6_HEADER) + TCP_HEADER + segment.bytes().length;
	}

	/**
	 * Writes a packet.
	 * @param segment what is in it
	 * @param number how many packets were before it
	 * @param packets takes it
	 */
	static void write(TracedSegment segment, int number, ByteBuffer packets) {
		boolean ipv4 = isIpv4(segment);
		InetSocketAddress source = segment.stream().source(segment.received());
		InetSocketAddress target = segment.stream().target(segment.received());
		byte[] from = address(source, ipv4);
		byte[] to = address(target, ipv4);
		int length = TCP_HEADER + segment.bytes().length;
		if (ipv4) {
			writeIpv4(from, to, length, number, packets);
		}
		else {
			packets.putInt(6 << 28).putShort((short) length).put(TCP).put(HOPS).put(from).put(to);
		}
		int start = packets.position();
		packets.putShort((short) source.getPort()).putShort((short) target.getPort());
		packets.putInt(sequence(segment.position())).putInt(sequence(segment.answered()));
		packets.putShort(OFFSET_AND_FLAGS).putShort(WINDOW).putInt(0).put(segment.bytes());
		long pseudo = sum(ByteBuffer.wrap(from), 0, from.length) + sum(ByteBuffer.wrap(to), 0, to.length) + TCP
				+ length;
		packets.putShort(start + CHECKSUM_IN_TCP, checksum(pseudo + sum(packets, start, packets.position())));
	}

	private static void writeIpv4(byte[] from, byte[] to, int length, int number, ByteBuffer packets) {
		int start = packets.position();
		packets.putShort((short) 0x4500).putShort((short) (IPV4_HEADER + length)).putShort((short) number);
		packets.putShort(DONT_FRAGMENT).put(HOPS).put(TCP).putShort((short) 0).put(from).put(to);
		packets.putShort(start + CHECKSUM_IN_IPV4, checksum(sum(packets, start, packets.position())));
	}

	/** The first byte of a stream follows the SYN, whose number is 0. */
	private static int sequence(long position) {
		return (int) (position + 1);
	}

	private static boolean isIpv4(TracedSegment segment) {
		return isIpv4(segment.stream().source(true)) && isIpv4(segment.stream().source(false));
	}

	private static boolean isIpv4(InetSocketAddress address) {
		InetAddress ip = address.getAddress();
		return ip == null || ip.getAddress().length == IPV4_ADDRESS;
	}

	private static byte[] address(InetSocketAddress address, boolean ipv4) {
		InetAddress ip = address.getAddress();
		byte[] bytes = (ip != null) ? ip.getAddress() : new byte[IPV4_ADDRESS];
		if (ipv4 || bytes.length == IPV6_ADDRESS) {
			return bytes;
		}
		return ByteBuffer.allocate(IPV6_ADDRESS).putInt(8, 0xFFFF).put(12, bytes).array();
	}

	private static long sum(ByteBuffer bytes, int start, int end) {
		long sum = 0;
		int at = start;
		for (; at + 1 < end; at += 2) {
			sum += bytes.getShort(at) & 0xFFFF;
		}
		return (at < end) ? sum + ((bytes.get(at) & 0xFF) << Byte.SIZE) : sum;
	}

	private static short checksum(long sum) {
		long folded = sum;
		while (folded > 0xFFFF) {
			folded = (folded & 0xFFFF) + (folded >> Short.SIZE);
		}
		return (short) ~folded;
	}

}
