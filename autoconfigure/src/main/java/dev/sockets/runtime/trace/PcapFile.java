package dev.sockets.runtime.trace;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Writes segments as a file in the format pcap, whose packets begin with their IP header.
 */
final class PcapFile {

	private static final int MAGIC = 0xA1B2C3D4;

	private static final short MAJOR = 2;

	private static final short MINOR = 4;

	private static final int LONGEST = 65_535;

	private static final int RAW_IP = 101;

	private static final int FILE_HEADER = 24;

	private static final int PACKET_HEADER = 16;

	private static final long MICROS = TimeUnit.SECONDS.toMicros(1);

	private PcapFile() {
	}

	static byte[] of(List<TracedSegment> segments) {
		int size = FILE_HEADER;
		for (TracedSegment segment : segments) {
			size += PACKET_HEADER + SegmentPacket.size(segment);
		}
		ByteBuffer file = ByteBuffer.allocate(size);
		file.putInt(MAGIC).putShort(MAJOR).putShort(MINOR).putLong(0).putInt(LONGEST).putInt(RAW_IP);
		int number = 0;
		for (TracedSegment segment : segments) {
			int length = SegmentPacket.size(segment);
			file.putInt((int) (segment.micros() / MICROS)).putInt((int) (segment.micros() % MICROS));
			file.putInt(length).putInt(length);
			SegmentPacket.write(segment, number++, file);
		}
		return file.array();
	}

}
